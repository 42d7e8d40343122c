/** The one shape of all extension points: a factory with a name and a record of described options. */
package org.kemo.api.component;

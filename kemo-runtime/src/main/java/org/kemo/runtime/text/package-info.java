/** Words for people: what they may have meant by a name that does not exist. */
package org.kemo.runtime.text;

/** Results of frozen steps, kept on disk between runs. */
package org.kemo.runtime.cache;

/** Files and folders that are there whole or not at all, whenever the process ends, and a lock for those who write them. */
package org.kemo.runtime.files;

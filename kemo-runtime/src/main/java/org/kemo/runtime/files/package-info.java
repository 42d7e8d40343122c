/** Files and folders that are there whole or not at all, whenever the process ends. */
package org.kemo.runtime.files;

/** Sums that tell files and keys apart. */
package org.kemo.runtime.checksum;

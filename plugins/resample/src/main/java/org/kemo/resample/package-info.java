/** The audio preprocessor {@code resample}. */
package org.kemo.resample;

/** The audio preprocessor {@code normalize}. */
package org.kemo.normalize;

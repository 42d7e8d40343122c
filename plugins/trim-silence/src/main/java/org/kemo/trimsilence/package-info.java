/** The audio preprocessor {@code trim-silence}. */
package org.kemo.trimsilence;

/** From features, sound or text to a sequence of vectors and one pooled vector. */
package org.kemo.api.encoder;

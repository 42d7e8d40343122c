/** The encoder {@code mbert}: Multilingual BERT on {@link org.kemo.transformertext.TextTransformers}. */
package org.kemo.mbert;

/** The encoder {@code roberta}: RoBERTa on {@link org.kemo.transformertext.TextTransformers}. */
package org.kemo.roberta;

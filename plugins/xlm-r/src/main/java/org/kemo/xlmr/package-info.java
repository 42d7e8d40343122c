/** The encoder {@code xlm-r}: XLM-RoBERTa on {@link org.kemo.transformertext.TextTransformers}. */
package org.kemo.xlmr;

/** The encoder {@code mbart}: mBART on {@link org.kemo.transformertext.TextTransformers}. */
package org.kemo.mbart;

/** The encoder {@code labse}: LaBSE on {@link org.kemo.transformertext.TextTransformers}. */
package org.kemo.labse;

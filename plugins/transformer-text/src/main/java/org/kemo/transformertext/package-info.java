/**
 * Pretrained transformers over text: {@link org.kemo.transformertext.TextTransformers} opens a folder in the layout of the Hugging
 * Face hub, as an ONNX file or as weights for which {@code TransformerNetwork} is the network.
 */
package org.kemo.transformertext;

/**
 * The ONNX backend of networks: {@link org.kemo.runtime.onnx.OnnxNetwork} writes a network with its parameters down as an
 * ONNX model, which is what a trained model's folder holds and what the session pool runs.
 */
package org.kemo.runtime.onnx;

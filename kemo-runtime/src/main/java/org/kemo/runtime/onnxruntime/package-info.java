/**
 * What touches ONNX Runtime itself and is needed in two places, by the ONNX backend and by the session pool: its one
 * environment and its tensors. Not exported.
 */
package org.kemo.runtime.onnxruntime;

/**
 * What touches ONNX Runtime itself and is needed in two places, by the ONNX backend and by the session pool: its one
 * environment, its tensors, and the end of the process. Not exported.
 */
package org.kemo.runtime.onnxruntime;

/**
 * BERT as its authors published it, a TensorFlow checkpoint, turned into a folder in a model hub's layout.
 *
 * <p>{@link org.kemo.runtime.store.tensorflow.BertCheckpointImporter} opens the archive, {@code CheckpointIndex} reads where each tensor
 * lies, {@code BertTensors} knows its name and shape on either side, {@code TensorCopy} moves the values, and {@code BertTokenizerFile}
 * writes the vocabulary as a tokenizer. Nothing that a file says is believed before it is checked.
 */
package org.kemo.runtime.store.tensorflow;

package org.kemo.bilstm;

import org.kemo.api.component.Option;

/**
 * Options of the stacked bidirectional LSTM.
 *
 * @param hidden units of each direction
 * @param layers of the stack
 * @param dropout between layers, in training
 * @param inputDropout of the frames, in training
 * @param projection width of a linear layer below the stack; 0 for none
 * @param pooling how frames become one vector
 * @param attentionWidth units of the attention's hidden layer
 */
record BiLstmOptions(
        @Option(value = "Units of each direction", defaultValue = "128", min = 1) int hidden,
        @Option(value = "Layers of the stack", defaultValue = "2", min = 1, max = 8) int layers,
        @Option(value = "Dropout between layers", defaultValue = "0.3", min = 0, max = 0.99) double dropout,
        @Option(value = "Dropout of the frames", defaultValue = "0", min = 0, max = 0.99) double inputDropout,
        @Option(value = "Width of a linear layer below the stack; 0 for none", defaultValue = "0", min = 0)
                int projection,
        @Option(value = "How frames become one vector: mean, max, or attention", defaultValue = "mean") Pooling pooling,
        @Option(value = "Units of the attention's hidden layer", defaultValue = "64", min = 1) int attentionWidth) {}

package org.kemo.contextbilstm;

import org.kemo.api.component.Option;

/**
 * Options of the LSTM over utterances.
 *
 * @param hidden units of each direction
 * @param layers of the stack
 * @param bidirectional whether later utterances are read, too; the paper's bc-LSTM, or its sc-LSTM where they are not
 * @param dropout after each layer, in training
 * @param inputDropout of the features, in training
 * @param projection width of a dense layer below the stack; 0 for none
 * @param dense width of the dense layer above the stack; 0 for none
 */
record ContextBiLstmOptions(
        @Option(value = "Units of each direction", defaultValue = "64", min = 1) int hidden,
        @Option(value = "Layers of the stack", defaultValue = "1", min = 1, max = 8) int layers,
        @Option(value = "Whether later utterances are read, too", defaultValue = "true") boolean bidirectional,
        @Option(value = "Dropout after each layer", defaultValue = "0.5", min = 0, max = 0.99) double dropout,
        @Option(value = "Dropout of the features", defaultValue = "0", min = 0, max = 0.99) double inputDropout,
        @Option(value = "Width of a dense layer below the stack; 0 for none", defaultValue = "0", min = 0)
                int projection,
        @Option(value = "Width of the dense layer above the stack; 0 for none", defaultValue = "64", min = 0)
                int dense) {}

package org.kemo.cnnbilstm;

import org.kemo.api.component.Option;

/**
 * Options of the convolutions and the LSTM above them.
 *
 * @param channels of each convolution
 * @param convolutions one above the other
 * @param width of each, in frames
 * @param hidden units of each direction of the LSTM
 * @param layers of the LSTM
 * @param dropout after each convolution and between the layers of the LSTM, in training
 */
record CnnBiLstmOptions(
        @Option(value = "Channels of each convolution", defaultValue = "64", min = 1) int channels,
        @Option(value = "Convolutions, one above the other", defaultValue = "2", min = 1, max = 8) int convolutions,
        @Option(value = "Frames that a convolution sees", defaultValue = "5", min = 1, max = 101) int width,
        @Option(value = "Units of each direction of the LSTM", defaultValue = "64", min = 1) int hidden,
        @Option(value = "Layers of the LSTM", defaultValue = "1", min = 1, max = 8) int layers,
        @Option(
                        value = "Dropout after each convolution and between the layers of the LSTM",
                        defaultValue = "0.3",
                        min = 0,
                        max = 0.99)
                double dropout) {}

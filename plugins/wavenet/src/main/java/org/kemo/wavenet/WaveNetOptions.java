package org.kemo.wavenet;

import org.kemo.api.component.Option;

/**
 * Options of the stack.
 *
 * @param channels of the residual path
 * @param skip channels of the skip path, and of the encoding
 * @param width of each convolution, in taps
 * @param layers of one block; layer l has dilation 2^l
 * @param blocks one above the other
 * @param causal whether a frame sees only those before it
 * @param dropout of what enters each layer, in training
 */
record WaveNetOptions(
        @Option(value = "Channels of the residual path", defaultValue = "64", min = 1) int channels,
        @Option(value = "Channels of the skip path, and of the encoding", defaultValue = "128", min = 1) int skip,
        @Option(value = "Taps of each convolution", defaultValue = "3", min = 2, max = 15) int width,
        @Option(value = "Layers of a block; each doubles the dilation", defaultValue = "6", min = 1, max = 12)
                int layers,
        @Option(value = "Blocks, one above the other", defaultValue = "1", min = 1, max = 8) int blocks,
        @Option(value = "Whether a frame sees only those before it", defaultValue = "false") boolean causal,
        @Option(value = "Dropout of what enters each layer", defaultValue = "0.1", min = 0, max = 0.99)
                double dropout) {}

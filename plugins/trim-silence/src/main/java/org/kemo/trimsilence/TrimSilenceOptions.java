package org.kemo.trimsilence;

import org.kemo.api.component.Option;

/**
 * The options.
 *
 * @param topDecibels frames this far or farther under the loudest are silent
 * @param windowMillis length of a frame; the default is librosa's, 2048 samples at 22,050 Hz
 * @param strideMillis from the middle of a frame to that of the next; the default is librosa's, 512 samples at 22,050 Hz
 * @param marginMillis what is kept of the silence at either end
 */
record TrimSilenceOptions(
        @Option(
                        value = "Frames this far or farther under the loudest are silent",
                        defaultValue = "25",
                        unit = "dB",
                        min = 0)
                double topDecibels,
        @Option(value = "Length of a frame", defaultValue = "92.88", unit = "ms", min = 1, max = 10_000)
                double windowMillis,
        @Option(
                        value = "From the middle of a frame to that of the next",
                        defaultValue = "23.22",
                        unit = "ms",
                        min = 1,
                        max = 10_000)
                double strideMillis,
        @Option(value = "What is kept of the silence at either end", defaultValue = "0", unit = "ms", min = 0)
                double marginMillis) {}

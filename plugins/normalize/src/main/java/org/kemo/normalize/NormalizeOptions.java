package org.kemo.normalize;

import org.kemo.api.component.Option;

/**
 * The options.
 *
 * @param measure what is brought to the level
 * @param level in dB under full scale, which is an amplitude of 1
 */
record NormalizeOptions(
        @Option(value = "What is brought to the level", defaultValue = "peak") Measure measure,
        @Option(
                        value = "The level; 0 is full scale. Peaks of a clip that is set by its rms may go beyond it",
                        defaultValue = "-3",
                        unit = "dB",
                        min = -100,
                        max = 0)
                double level) {

    /** What is brought to the level. */
    enum Measure {
        /** The largest amplitude. */
        PEAK,
        /** The root of the mean of the squared samples. */
        RMS
    }
}

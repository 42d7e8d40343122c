package org.kemo.resample;

import org.kemo.api.component.Option;

/**
 * The options.
 *
 * @param rate the sample rate that clips get
 */
record ResampleOptions(
        @Option(
                        value = "The sample rate that clips get",
                        defaultValue = "16000",
                        unit = "Hz",
                        min = 1000,
                        max = 768_000)
                int rate) {}

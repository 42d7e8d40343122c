package org.kemo.cascade;

import org.kemo.api.component.Option;

/** Who leads, what it hands on, and what reads it. */
record CascadeOptions(
        @Option(value = "The modality that decides first", defaultValue = "audio") String lead,
        @Option(
                        value =
                                "one-hot: the class that it decides for, as eq. 8 has it; soft: the probabilities of all classes",
                        defaultValue = "one-hot")
                Decision decision,
        @Option(
                        value = "Units of a layer before the classifier; 0 for none",
                        defaultValue = "0",
                        min = 0,
                        unit = "units")
                int hidden,
        @Option(
                        value = "Share of the classifier's input that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {
    /** What is handed on. */
    enum Decision {
        /** The class alone. */
        ONE_HOT,
        /** All probabilities. */
        SOFT
    }
}

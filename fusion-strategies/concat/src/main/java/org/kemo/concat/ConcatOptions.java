package org.kemo.concat;

import org.kemo.api.component.Option;

/** The size of the hidden layer, and the dropout around it. */
record ConcatOptions(
        @Option(value = "Units of the hidden layer", defaultValue = "64", min = 1, unit = "units") int hidden,
        @Option(
                        value = "Share of the joined encodings and of the hidden units that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {}

package org.kemo.dynamicgraph;

import org.kemo.api.component.Option;

/** The size of the graph's networks. */
record DynamicGraphOptions(
        @Option(
                        value = "Width of the vectors of subsets and of the output vertex",
                        defaultValue = "32",
                        min = 1,
                        unit = "units")
                int width,
        @Option(
                        value = "Units of a layer before the efficacies; 0 for none",
                        defaultValue = "0",
                        min = 0,
                        unit = "units")
                int efficacyHidden,
        @Option(
                        value = "Share of the encodings and of the output vertex that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {}

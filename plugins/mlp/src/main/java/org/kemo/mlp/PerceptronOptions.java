package org.kemo.mlp;

import org.kemo.api.component.Option;

/**
 * Options of the multi-layer perceptron.
 *
 * @param layers of the network; 0 for the features as they are
 * @param units of each layer
 * @param activation after each layer
 * @param dropout after each layer, in training
 * @param inputDropout of the features, in training
 */
record PerceptronOptions(
        @Option(
                        value =
                                "Layers; 0 for the features as they are, on which the classifier is a logistic regression",
                        defaultValue = "1",
                        min = 0,
                        max = 16)
                int layers,
        @Option(value = "Units of each layer", defaultValue = "64", min = 1) int units,
        @Option(value = "What follows each layer: relu or tanh", defaultValue = "relu") Activation activation,
        @Option(value = "Dropout after each layer", defaultValue = "0.3", min = 0, max = 0.99) double dropout,
        @Option(value = "Dropout of the features", defaultValue = "0", min = 0, max = 0.99) double inputDropout) {}

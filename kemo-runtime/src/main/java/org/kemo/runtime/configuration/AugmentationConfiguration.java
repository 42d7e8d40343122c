package org.kemo.runtime.configuration;

import java.util.List;
import org.kemo.api.component.Option;

/**
 * Changes to the training data, by the run's seed.
 *
 * @param speeds each clip is also heard at these speeds (pitch and tempo together)
 * @param noise standard deviation of normal noise on standardised features
 * @param timeMasks stretches of frames that are set to the mean (SpecAugment, Park et al., 2019)
 * @param timeMaskFrames the longest stretch
 * @param featureMasks bands of features that are set to the mean
 * @param featureMaskWidth the widest band
 * @param tokenDropout rate at which all ids of a step of text are dropped
 */
public record AugmentationConfiguration(
        @Option(value = "Each clip is also heard at these speeds", defaultValue = "[]") List<Double> speeds,
        @Option(value = "Deviation of normal noise on standardised features", defaultValue = "0", min = 0) double noise,
        @Option(value = "Stretches of frames set to the mean", defaultValue = "0", min = 0) int timeMasks,
        @Option(value = "The longest stretch", defaultValue = "20", unit = "frames", min = 1) int timeMaskFrames,
        @Option(value = "Bands of features set to the mean", defaultValue = "0", min = 0) int featureMasks,
        @Option(value = "The widest band", defaultValue = "4", min = 1) int featureMaskWidth,
        @Option(value = "Rate at which words are dropped", defaultValue = "0", min = 0, max = 0.99)
                double tokenDropout) {}

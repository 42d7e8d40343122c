package org.kemo.runtime.configuration;

import java.util.List;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.component.Option;

/**
 * Changes to the training data, by the run's seed.
 *
 * @param versions other versions of each clip; every epoch draws, for each clip, one of them or the original
 * @param mixup alpha of the beta distribution by which pairs of examples of features are mixed (Zhang et al., 2018); 0 for none
 * @param mixupRate share of the batches that are mixed
 * @param noise standard deviation of normal noise on standardised features
 * @param timeMasks stretches of frames that are set to the mean (SpecAugment, Park et al., 2019)
 * @param timeMaskFrames the longest stretch
 * @param featureMasks bands of features that are set to the mean
 * @param featureMaskWidth the widest band
 * @param stepDropout rate at which whole steps of text are dropped: words, or the tokens of a transformer whose layers are trained
 */
public record AugmentationConfiguration(
        @Option(
                        value = "Other versions of each clip; every epoch draws one of them or the original",
                        defaultValue = "[]")
                List<Version> versions,
        @Option(value = "Alpha of mixup on features; 0 for none", defaultValue = "0", min = 0) double mixup,
        @Option(value = "Share of the batches that are mixed", defaultValue = "0.5", min = 0, max = 1) double mixupRate,
        @Option(value = "Deviation of normal noise on standardised features", defaultValue = "0", min = 0) double noise,
        @Option(value = "Stretches of frames set to the mean", defaultValue = "0", min = 0) int timeMasks,
        @Option(value = "The longest stretch", defaultValue = "20", unit = "frames", min = 1) int timeMaskFrames,
        @Option(value = "Bands of features set to the mean", defaultValue = "0", min = 0) int featureMasks,
        @Option(value = "The widest band", defaultValue = "4", min = 1) int featureMaskWidth,
        @Option(value = "Rate at which whole words, or tokens, are dropped", defaultValue = "0", min = 0, max = 0.99)
                double stepDropout) {

    /**
     * Another version of each clip.
     *
     * @param speed at which it is heard, tempo and pitch together
     * @param features extractors in the place of the modality's own, with the same widths, for example with warped frequencies
     */
    public record Version(
            @Option(value = "Speed at which the clip is heard", defaultValue = "1", min = 0.25, max = 4) double speed,
            @Option(value = "Extractors in the place of the modality's own", defaultValue = "[]")
                    List<Component<FeatureExtractor>> features) {}
}

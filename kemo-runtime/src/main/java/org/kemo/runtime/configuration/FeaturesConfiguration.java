package org.kemo.runtime.configuration;

import java.util.List;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.component.Option;

/**
 * What {@code kemo features} shows.
 *
 * @param preprocess applied to the clip, in order
 * @param features the extractors
 */
public record FeaturesConfiguration(
        @Option(value = "Audio preprocessors, in order", defaultValue = "[]")
                List<Component<AudioPreprocessor>> preprocess,
        @Option("Feature extractors") List<Component<FeatureExtractor>> features) {}

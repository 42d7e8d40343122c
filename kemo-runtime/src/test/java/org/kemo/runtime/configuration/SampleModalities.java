package org.kemo.runtime.configuration;

import java.util.List;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.encoder.Encoder;

/** Modalities of the classes {@code happy} and {@code sad}, without what they are not asked for. */
public final class SampleModalities {
    private SampleModalities() {}

    /** An encoder, called {@code encoder}, and nothing before it. */
    public static ModalityConfiguration of(Encoder encoder) {
        return of(List.of(), encoder);
    }

    /** With feature extractors before it. */
    public static ModalityConfiguration of(List<Component<FeatureExtractor>> features, Encoder encoder) {
        return of(List.of(), features, 1, 1000, encoder);
    }

    /** With all that may stand before it. */
    public static ModalityConfiguration of(
            List<Component<AudioPreprocessor>> preprocess,
            List<Component<FeatureExtractor>> features,
            int stackFrames,
            int maxFrames,
            Encoder encoder) {
        return new ModalityConfiguration(
                preprocess,
                features,
                stackFrames,
                maxFrames,
                List.of(),
                List.of(new Component<>("encoder", 1, "{}", encoder)),
                ModalityConfiguration.Join.CONCAT,
                0,
                List.of("happy", "sad"));
    }
}

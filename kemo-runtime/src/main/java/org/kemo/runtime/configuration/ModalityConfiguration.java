package org.kemo.runtime.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.component.Option;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.TextNetworkEncoder;

/**
 * One modality from its source to its own prediction.
 *
 * @param preprocess applied to sound, in order
 * @param features extracted from sound and joined frame by frame; empty where the encoder reads text or features come ready
 * @param stackFrames consecutive frames that are put side by side into one, without overlap
 * @param maxFrames longer sequences are cut before stacking, which bounds memory
 * @param testTimeSpeeds beside its own, speeds at which a clip is heard when it is answered, tempo and pitch together; the mean of
 *     the answers counts (test-time augmentation). A clip that is silent at its own speed is so at all. Training hears a clip at its
 *     own speed and as its augmentation says
 * @param encoder one, or several pretrained ones side by side, at least one
 * @param join how several become one
 * @param dropout before the classifier
 * @param labels the classes that the modality's own classifier is trained on
 */
public record ModalityConfiguration(
        @Option(value = "Audio preprocessors, in order", defaultValue = "[]")
                List<Component<AudioPreprocessor>> preprocess,
        @Option(value = "Feature extractors, joined frame by frame", defaultValue = "[]")
                List<Component<FeatureExtractor>> features,
        @Option(value = "Consecutive frames put side by side into one", defaultValue = "1", unit = "frames", min = 1)
                int stackFrames,
        @Option(value = "Longer sequences are cut", defaultValue = "1280", unit = "frames", min = 1) int maxFrames,
        @Option(
                        value =
                                "Other speeds at which a clip is heard when it is answered; the mean of the answers counts",
                        defaultValue = "[]",
                        min = 0.25,
                        max = 4)
                List<Double> testTimeSpeeds,
        @Option("The encoder, or several pretrained ones side by side") List<Component<Encoder>> encoder,
        @Option(value = "How the vectors of several encoders become one", defaultValue = "concat") Join join,
        @Option(value = "Dropout before the classifier", defaultValue = "0", min = 0, max = 0.99) double dropout,
        @Option("The classes that the modality's own classifier is trained on") List<String> labels) {
    /** How the vectors of several encoders become one. */
    public enum Join {
        /** One behind the other. */
        CONCAT,
        /** Their mean, as they are: for vectors of one width and of similar length. */
        AVERAGE
    }

    /** The cue of words: how many tokens they are. */
    public static final String TOKENS = "tokens";

    /**
     * Checks the classes, that encoders that stand side by side can, that steps for sound stand where there is any, and that each cue has
     * one extractor.
     */
    public ModalityConfiguration {
        labels = new LabelSpace(labels).labels();
        if (encoder.isEmpty()) {
            throw KemoException.configuration("There is no encoder.", "Name one, or several in a list.");
        }
        checkSideBySide(encoder);
        if (readsText(encoder)) {
            requireNone("preprocess", preprocess, encoder);
            requireNone("features", features, encoder);
            requireNone("testTimeSpeeds", testTimeSpeeds, encoder);
        }
        requireOwnCues(features);
        if (!testTimeSpeeds.isEmpty() && features.isEmpty()) {
            throw KemoException.configuration(
                    "There are testTimeSpeeds " + testTimeSpeeds + " but no features of sound.",
                    "Leave testTimeSpeeds out.");
        }
    }

    /** The same with other feature extractors. */
    public ModalityConfiguration withFeatures(List<Component<FeatureExtractor>> others) {
        return new ModalityConfiguration(
                preprocess, others, stackFrames, maxFrames, testTimeSpeeds, encoder, join, dropout, labels);
    }

    /** Whether the encoder reads text; else sound or features. */
    public boolean readsText() {
        return readsText(encoder);
    }

    /** The names of the cues that its steps give, in order. */
    public List<String> cues() {
        return readsText()
                ? List.of(TOKENS)
                : features.stream()
                        .flatMap(each -> each.value().cues().stream())
                        .toList();
    }

    private static boolean readsText(List<Component<Encoder>> encoders) {
        Encoder first = encoders.get(0).value();
        return first instanceof TextNetworkEncoder
                || (first instanceof PretrainedEncoder pretrained && pretrained.reads() == Source.Text.class);
    }

    private static void requireNone(String option, List<?> steps, List<Component<Encoder>> encoders) {
        if (!steps.isEmpty()) {
            throw KemoException.configuration(
                    "The encoder [" + encoders.get(0).type() + "] reads text, and beside it stands [" + option
                            + "], which is for sound.",
                    "Leave that out, or choose an encoder of features, for example bilstm.");
        }
    }

    /** A cue is an input of the network, and has a name of its own there. */
    private static void requireOwnCues(List<Component<FeatureExtractor>> features) {
        Map<String, String> extractors = new HashMap<>();
        for (Component<FeatureExtractor> each : features) {
            for (String cue : each.value().cues()) {
                String other = extractors.putIfAbsent(cue, each.type());
                if (other != null) {
                    throw KemoException.configuration(
                            "The feature extractors [" + other + "] and [" + each.type() + "] both give the cue [" + cue
                                    + "].",
                            "Leave one of them out, or give it to a modality of its own.");
                }
            }
        }
    }

    private static void checkSideBySide(List<Component<Encoder>> encoders) {
        if (encoders.size() == 1) {
            return;
        }
        for (Component<Encoder> each : encoders) {
            if (!(each.value() instanceof PretrainedEncoder)) {
                throw KemoException.configuration(
                        "The encoder [" + each.type()
                                + "] is a network that is trained, and cannot stand beside others.",
                        "Use it alone, or join pretrained encoders.");
            }
        }
        if (encoders.stream()
                        .map(each -> ((PretrainedEncoder) each.value()).reads())
                        .distinct()
                        .count()
                > 1) {
            throw KemoException.configuration(
                    "The encoders " + encoders.stream().map(Component::type).toList()
                            + " read sound and text, which one modality does not give.",
                    "Give each its own modality.");
        }
    }
}

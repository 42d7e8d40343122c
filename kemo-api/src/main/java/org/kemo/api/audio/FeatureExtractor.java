package org.kemo.api.audio;

import java.util.List;
import java.util.OptionalInt;

/**
 * Turns a waveform into a feature sequence [T, D]; a vector of features for a whole clip is a sequence of T = 1. A pure
 * function of its input and options, safe for use by several threads at once.
 *
 * <p>Frame t of an extractor with a stride begins at sample t * stride, so that several extractors with the same stride
 * can be joined frame by frame; the host drops surplus frames at the end.
 */
public interface FeatureExtractor {
    /** The sample rate in Hz that it takes, where it takes one only; the host brings sound of another rate to it. */
    default OptionalInt sampleRate() {
        return OptionalInt.empty();
    }

    /** The number D of features of a frame. */
    int width();

    /** Names of the D features, for plots and summaries: {@code mfcc1}, {@code f0}. */
    List<String> names();

    /**
     * Names of the cues that every result holds: one number each for the whole clip, for example {@code loudness}. No other extractor of
     * the modality may give one of the same name.
     */
    default List<String> cues() {
        return List.of();
    }

    /**
     * Extracts the features. The host refuses a result of another width, with other cues, or with numbers that are not finite.
     *
     * @param waveform never empty; may be shorter than a frame, in which case the result has one frame of the padded clip
     * @throws org.kemo.api.KemoException category INPUT, where the sample rate is not one that this extractor takes
     */
    FeatureSequence extract(Waveform waveform);
}

package org.kemo.api.audio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.network.FloatTensor;

/**
 * What a {@link FeatureExtractor} found in a clip.
 *
 * @param values [T, D], T at least 1, all finite
 * @param cues numbers for the whole clip, by the names that the extractor declares, in any order
 */
public record FeatureSequence(FloatTensor values, Map<String, Float> cues) {
    /** Copies the cues, in their order, and checks the shape. */
    public FeatureSequence {
        cues = Collections.unmodifiableMap(new LinkedHashMap<>(cues));
        if (values.rank() != 2 || values.size(0) < 1) {
            throw new IllegalArgumentException("Features are [T, D] with T >= 1, not " + values);
        }
    }

    /** Features without cues. */
    public static FeatureSequence of(FloatTensor values) {
        return new FeatureSequence(values, Map.of());
    }

    /** The number of frames T. */
    public int frames() {
        return values.size(0);
    }

    /** The number of features D. */
    public int width() {
        return values.size(1);
    }
}

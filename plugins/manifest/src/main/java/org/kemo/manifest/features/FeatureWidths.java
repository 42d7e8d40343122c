package org.kemo.manifest.features;

import java.util.HashMap;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.network.FloatTensor;

/** Sees to it that all features of a modality are as wide as the first. For one reading and one thread. */
public final class FeatureWidths {
    private final Map<Modality, Integer> widths = new HashMap<>();

    /** Nothing was seen so far. */
    public FeatureWidths() {}

    /**
     * The features themselves.
     *
     * @param features [T, D]
     * @throws KemoException category INPUT, where those before have another D
     */
    public FloatTensor checked(Modality modality, FloatTensor features) {
        int width = features.size(1);
        int first = widths.computeIfAbsent(modality, key -> width);
        if (width != first) {
            throw KemoException.input(
                    "The features of [" + modality + "] have the width [" + width + "] where those before have ["
                            + first + "].",
                    "Compute all of them in the same way.");
        }
        return features;
    }
}

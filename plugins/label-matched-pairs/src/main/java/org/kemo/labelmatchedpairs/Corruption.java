package org.kemo.labelmatchedpairs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;
import org.kemo.api.data.Source;

/**
 * How often and how one modality of a pair is spoiled; never more than one, so that the others can be trusted.
 *
 * @param rate the share of the pairs of several modalities; a pair of one is never spoiled
 * @param kinds for each modality the ways in which it is spoiled, one drawn for each pair
 * @param signalToNoise for noise
 * @param keep for a cut: the share that is left
 */
record Corruption(
        @Option(
                        value = "Of the pairs of several modalities, the share that has one modality spoiled",
                        defaultValue = "0",
                        min = 0,
                        max = 1)
                double rate,
        @Option(
                        value =
                                "For each modality how it is spoiled: noise, cut, silence, mismatch, drop; a modality that is not"
                                        + " named is never spoiled; {} for noise and cut of sound and mismatch of all else",
                        defaultValue = "{}")
                Map<String, List<CorruptionKind>> kinds,
        @Option(value = "Signal over noise", defaultValue = "{from: -5, to: 15}", unit = "dB") Range signalToNoise,
        @Option(value = "The share of a sound or of the words that a cut leaves", defaultValue = "{from: 0.2, to: 0.6}")
                Range keep) {
    private static final List<CorruptionKind> FOR_SOUND = List.of(CorruptionKind.NOISE, CorruptionKind.CUT);
    private static final List<CorruptionKind> FOR_THE_REST = List.of(CorruptionKind.MISMATCH);

    /** Checks the shares. */
    Corruption {
        Map<String, List<CorruptionKind>> copy = new LinkedHashMap<>();
        kinds.forEach((modality, list) -> copy.put(modality, List.copyOf(list)));
        kinds = Collections.unmodifiableMap(copy);
        if (!(rate >= 0 && rate <= 1)) {
            throw KemoException.configuration("The rate [" + rate + "] is no share.", "Give a number from 0 to 1.");
        }
        if (!(keep.from() > 0 && keep.to() <= 1)) {
            throw KemoException.configuration(
                    "A cut cannot keep from [" + keep.from() + "] to [" + keep.to() + "] of a clip.",
                    "Give shares above 0 and up to 1.");
        }
    }

    /** How a modality that offers such a source may be spoiled; none for one that is not. */
    List<CorruptionKind> kinds(String modality, Source source) {
        if (!kinds.isEmpty()) {
            return kinds.getOrDefault(modality, List.of());
        }
        return CorruptionKind.NOISE.fits(source) ? FOR_SOUND : FOR_THE_REST;
    }
}

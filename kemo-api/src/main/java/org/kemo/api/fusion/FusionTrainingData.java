package org.kemo.api.fusion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.network.FloatTensor;

/**
 * What a strategy may look at before training begins: labels and cues of the training utterances, never those of validation or
 * test. Immutable.
 *
 * @param labels the classes of the model
 * @param utterances of the training data, at least one, in their order and before any sampling
 */
public record FusionTrainingData(LabelSpace labels, List<Example> utterances) {
    /** Copies the list. */
    public FusionTrainingData {
        utterances = List.copyOf(utterances);
    }

    /**
     * One training utterance.
     *
     * @param label one of the model's
     * @param cues of each modality that the utterance has, by name, in the order of the configuration
     */
    public record Example(String label, Map<Modality, Map<String, Float>> cues) {
        /** Copies the maps, in their order. */
        public Example {
            Map<Modality, Map<String, Float>> copy = new LinkedHashMap<>();
            cues.forEach((modality, own) -> copy.put(modality, Collections.unmodifiableMap(new LinkedHashMap<>(own))));
            cues = Collections.unmodifiableMap(copy);
        }
    }

    /** The share of the utterances that have each class, [C], in the order of the labels; sums to 1. */
    public FloatTensor distribution() {
        double[] counts = new double[labels.size()];
        utterances.forEach(utterance -> counts[labels.indexOf(utterance.label())]++);
        FloatTensor shares = FloatTensor.zeros(counts.length);
        for (int c = 0; c < counts.length; c++) {
            shares.values()[c] = (float) (counts[c] / utterances.size());
        }
        return shares;
    }

    /** The values of one cue over the utterances that have it, in their order; empty where none has. */
    public double[] cue(Modality modality, String name) {
        return utterances.stream()
                .map(utterance -> Optional.ofNullable(
                        utterance.cues().getOrDefault(modality, Map.of()).get(name)))
                .flatMap(Optional::stream)
                .mapToDouble(Float::doubleValue)
                .toArray();
    }
}

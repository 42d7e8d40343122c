package org.kemo.runtime.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.pipeline.ModalityInput;

/** Utterances side by side, padded with zeros to the longest: the inputs of an {@link EmotionNetwork}. */
public final class Batch {
    private Batch() {}

    /**
     * The inputs of a network for these utterances.
     *
     * @param modalities those of the network
     * @param utterances for each, what its modalities give; one that is not there is missing
     * @throws KemoException category INPUT, where the steps of a modality have another width than its network reads
     */
    public static Map<String, Tensor> inputs(
            List<ModalityNetwork> modalities, List<Map<Modality, ModalityInput>> utterances) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (ModalityNetwork modality : modalities) {
            List<Optional<ModalityInput>> column = utterances.stream()
                    .map(utterance -> Optional.ofNullable(utterance.get(modality.modality())))
                    .toList();
            column.forEach(input -> input.ifPresent(some -> check(modality, some)));
            int rows = column.size();
            int steps = column.stream()
                    .mapToInt(input -> input.map(ModalityInput::steps).orElse(1))
                    .max()
                    .orElse(1);
            inputs.put(modality.values(), values(modality, column, steps));
            inputs.put(modality.mask(), mask(column, steps));
            for (String cue : modality.cues()) {
                float[] cues = new float[rows];
                for (int n = 0; n < rows; n++) {
                    cues[n] = column.get(n)
                            .map(input -> input.cues().getOrDefault(cue, 0f))
                            .orElse(0f);
                }
                inputs.put(modality.cue(cue), FloatTensor.of(cues, rows, 1));
            }
        }
        return inputs;
    }

    private static void check(ModalityNetwork modality, ModalityInput input) {
        if (input.width() != modality.width()) {
            throw KemoException.input(
                    "The modality [" + modality.modality() + "] was given ["
                            + input.width() + "] features a frame, and its network reads [" + modality.width()
                            + "].",
                    "Give what the same extractors find, or train a model on these features.");
        }
    }

    private static Tensor values(ModalityNetwork modality, List<Optional<ModalityInput>> column, int steps) {
        int row = steps * modality.width();
        if (modality.type() == ElementType.LONG) {
            long[] ids = new long[column.size() * row];
            for (int n = 0; n < column.size(); n++) {
                if (column.get(n).isPresent()) {
                    long[] from = ((LongTensor) column.get(n).get().values()).values();
                    System.arraycopy(from, 0, ids, n * row, from.length);
                }
            }
            return LongTensor.of(ids, column.size(), steps, modality.width());
        }
        float[] values = new float[column.size() * row];
        for (int n = 0; n < column.size(); n++) {
            if (column.get(n).isPresent()) {
                float[] from = ((FloatTensor) column.get(n).get().values()).values();
                System.arraycopy(from, 0, values, n * row, from.length);
            }
        }
        return FloatTensor.of(values, column.size(), steps, modality.width());
    }

    private static FloatTensor mask(List<Optional<ModalityInput>> column, int steps) {
        float[] mask = new float[column.size() * steps];
        for (int n = 0; n < column.size(); n++) {
            int real = column.get(n).map(ModalityInput::steps).orElse(0);
            java.util.Arrays.fill(mask, n * steps, n * steps + real, 1);
        }
        return FloatTensor.of(mask, column.size(), steps);
    }
}

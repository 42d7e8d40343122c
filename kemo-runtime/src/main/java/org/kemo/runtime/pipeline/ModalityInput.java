package org.kemo.runtime.pipeline;

import java.util.Map;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;

/**
 * What one modality of one utterance gives to the network: the end of the frozen steps.
 *
 * @param values features [T, D] or ids [L, K], at least one step
 * @param cues numbers for the whole utterance by name
 */
public record ModalityInput(Tensor values, Map<String, Float> cues) {
    /** The cue of ids: their number of steps. */
    public static final String TOKENS = "tokens";

    /** Copies the map. */
    public ModalityInput {
        cues = Map.copyOf(cues);
    }

    /** Ids [L, K] with the cue that belongs to them. */
    public static ModalityInput ids(LongTensor ids) {
        return new ModalityInput(ids, Map.of(TOKENS, (float) ids.size(0)));
    }

    /** The number of steps T or L. */
    public int steps() {
        return values.size(0);
    }
}

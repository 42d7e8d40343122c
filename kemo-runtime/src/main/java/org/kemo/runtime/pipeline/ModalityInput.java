package org.kemo.runtime.pipeline;

import java.util.Map;
import org.kemo.api.network.Tensor;

/**
 * What one modality of one utterance gives to the network: the end of the frozen steps.
 *
 * @param values features [T, D] or ids [L, K], at least one step
 * @param cues numbers for the whole utterance by name
 */
public record ModalityInput(Tensor values, Map<String, Float> cues) {
    /** Copies the map. */
    public ModalityInput {
        cues = Map.copyOf(cues);
    }

    /** The number of steps T or L. */
    public int steps() {
        return values.size(0);
    }
}

package org.kemo.runtime.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.configuration.ModalityConfiguration;

/** What one modality of one utterance gives to the network: the end of the frozen steps. At least one step. */
public final class ModalityInput {
    private final Supplier<? extends Tensor> values;
    private final int steps;
    private final int width;
    private final Map<String, Float> cues;

    private ModalityInput(Supplier<? extends Tensor> values, int steps, int width, Map<String, Float> cues) {
        this.values = values;
        this.steps = steps;
        this.width = width;
        this.cues = Collections.unmodifiableMap(new LinkedHashMap<>(cues));
    }

    /**
     * An input that holds its values.
     *
     * @param values features [T, D] or ids [L, K]
     * @param cues numbers for the whole utterance by name
     */
    public ModalityInput(Tensor values, Map<String, Float> cues) {
        this(() -> values, values.size(0), values.size(1), cues);
    }

    /** Ids [L, K] with the cue that belongs to them, their number of steps. */
    public static ModalityInput ids(LongTensor ids) {
        return new ModalityInput(ids, Map.of(ModalityConfiguration.TOKENS, (float) ids.size(0)));
    }

    /**
     * The same input, which does not hold its values but fetches them each time.
     *
     * @param again gives the same values
     */
    ModalityInput fetched(Supplier<? extends Tensor> again) {
        return new ModalityInput(again, steps, width, cues);
    }

    /** Features [T, D] or ids [L, K]. */
    public Tensor values() {
        return values.get();
    }

    /** The number of steps T or L. */
    public int steps() {
        return steps;
    }

    /** The width D or K of a step. */
    public int width() {
        return width;
    }

    /** Numbers for the whole utterance by name, in the order in which they were given. */
    public Map<String, Float> cues() {
        return cues;
    }

    /** The same values, which are fetched for that, and the same cues. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ModalityInput that && cues.equals(that.cues) && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return 31 * cues.hashCode() + values().hashCode();
    }

    @Override
    public String toString() {
        return "ModalityInput[" + steps + ", " + width + "]" + cues;
    }
}

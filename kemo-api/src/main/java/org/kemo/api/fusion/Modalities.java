package org.kemo.api.fusion;

import java.util.List;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.network.Ops;

/**
 * All modalities of a batch, in the order of the configuration.
 *
 * @param labels the classes of the model
 * @param all at least one
 */
public record Modalities<T>(LabelSpace labels, List<ModalityView<T>> all) {
    /** Copies the list. */
    public Modalities {
        all = List.copyOf(all);
    }

    /** The number of modalities M. */
    public int size() {
        return all.size();
    }

    /** The modality at a place, from 0. */
    public ModalityView<T> get(int place) {
        return all.get(place);
    }

    /** Which modalities each utterance has, [N, M] of 0 and 1. */
    public T presence(Ops<T> ops) {
        return ops.concat(1, all.stream().map(ModalityView::presence).toList());
    }

    /** The same weight for each modality that an utterance has, [N, M]: rows that sum to 1, 0 where one is missing. */
    public T evenWeights(Ops<T> ops) {
        T presence = presence(ops);
        T number = ops.maximum(ops.expand(ops.sum(presence, -1), -1), ops.constant(1));
        return ops.divide(presence, number);
    }

    /**
     * The modality of that name.
     *
     * @throws IllegalArgumentException where the model has no such modality; {@link FusionStrategy#check} comes before
     */
    public ModalityView<T> get(String name) {
        return all.stream()
                .filter(view -> view.modality().equals(Modality.of(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no modality [" + name + "]"));
    }
}

package org.kemo.runtime.training;

import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.pipeline.ModalityInput;

/**
 * An utterance after the frozen steps.
 *
 * @param id of the utterance
 * @param inputs what its modalities give; one that is not there is missing
 * @param label in the data set's own words
 * @param speaker who spoke
 */
public record Example(
        String id, Map<Modality, ModalityInput> inputs, Optional<String> label, Optional<String> speaker) {
    /** Copies the map, in its order. */
    public Example {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * The values of those utterances that have a modality: a view, so that those which are fetched are not all held at once.
     *
     * @param type that they are of
     */
    static <T extends Tensor> List<T> values(List<Example> examples, Modality modality, Class<T> type) {
        List<ModalityInput> inputs = examples.stream()
                .flatMap(example -> Optional.ofNullable(example.inputs().get(modality)).stream())
                .toList();
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                return type.cast(inputs.get(index).values());
            }

            @Override
            public int size() {
                return inputs.size();
            }
        };
    }

    /** The class of the model that its label stands for. */
    Optional<String> aligned(ModelAssembly assembly) {
        return label.map(assembly::align);
    }

    /** The number of steps of the longest modality; batches are made of examples of similar length. */
    public int steps() {
        return inputs.values().stream().mapToInt(ModalityInput::steps).max().orElse(0);
    }
}

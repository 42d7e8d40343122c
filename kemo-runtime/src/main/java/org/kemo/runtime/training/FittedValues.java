package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Shape;
import org.kemo.runtime.model.EmotionNetwork;

/**
 * What a fusion strategy takes from the training data of a stage by itself; see {@link FusionStrategy#fit}.
 *
 * @param byName values by scoped name
 */
record FittedValues(Map<String, FloatTensor> byName) {
    /** Nothing, as of a stage that does not train the strategy. */
    static final FittedValues NONE = new FittedValues(Map.of());

    /**
     * Asks the strategy of a network.
     *
     * @param network with a strategy
     * @param training the data of the stage
     * @param aligned the label of an example in the model's space
     * @throws KemoException category PLUGIN, where the strategy gives what is none of its parameters
     */
    static FittedValues of(
            EmotionNetwork network, List<Example> training, Function<Example, Optional<String>> aligned) {
        List<FusionTrainingData.Example> examples = training.stream()
                .flatMap(example ->
                        aligned
                                .apply(example)
                                .map(label -> new FusionTrainingData.Example(label, cues(example)))
                                .stream())
                .toList();
        Map<String, FloatTensor> fitted =
                network.fusion().orElseThrow().fit(new FusionTrainingData(network.labels(), examples));
        Map<String, FloatTensor> byName = new LinkedHashMap<>();
        fitted.forEach((name, value) -> byName.put(EmotionNetwork.FUSION + "/" + name, value));
        if (!byName.isEmpty()) {
            requireParameters(network, byName);
        }
        return new FittedValues(byName);
    }

    private static void requireParameters(EmotionNetwork network, Map<String, FloatTensor> byName) {
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, Map.of(), 0);
        byName.forEach((name, value) -> {
            FloatTensor parameter = parameters.get(name);
            if (parameter == null || !Shape.of(parameter.shape()).equals(Shape.of(value.shape()))) {
                throw KemoException.plugin(
                        "The fusion strategy fits [" + name + "] of the shape " + Shape.of(value.shape())
                                + ", which is none of its parameters.",
                        "In fuse, ask for a parameter of that name and shape, or do not fit it.");
            }
        });
    }

    private static Map<Modality, Map<String, Float>> cues(Example example) {
        Map<Modality, Map<String, Float>> cues = new LinkedHashMap<>();
        example.inputs().forEach((modality, input) -> cues.put(modality, input.cues()));
        return cues;
    }

    /** The number of values. */
    long count() {
        return byName.values().stream().mapToLong(FloatTensor::count).sum();
    }
}

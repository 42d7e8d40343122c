package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.ModelAssembly;

/**
 * What encoders and the fusion strategy take from the training data by themselves; see {@link NetworkEncoder#fit} and {@link
 * FusionStrategy#fit}.
 *
 * @param byName values by scoped name
 */
record FittedValues(Map<String, FloatTensor> byName) {
    /** Nothing, as before the first stage. */
    static final FittedValues NONE = new FittedValues(Map.of());

    /**
     * Asks the encoder of a modality.
     *
     * @param assembly of the model, which says whose encoder it is
     * @param training the data of the first stage that has the modality
     * @throws KemoException category PLUGIN, where the encoder throws something or gives what is none of its parameters
     */
    static FittedValues of(ModalityNetwork modality, ModelAssembly assembly, List<Example> training) {
        List<Tensor> inputs = Example.values(training, modality.modality(), Tensor.class);
        if (inputs.isEmpty()) {
            return NONE;
        }
        String who = assembly.encoderInWords(modality.modality());
        EmotionNetwork alone = new EmotionNetwork(assembly.labels(), List.of(modality), Optional.empty());
        return new FittedValues(
                alone.scoped(who + " fits", modality.encoderScope(), fitted(who, () -> modality.encoder()
                        .fit(inputs))));
    }

    /**
     * Asks the strategy of a network.
     *
     * @param network with a strategy
     * @param assembly of the model, which says where labels go and whose strategy it is
     * @param training the data of the stage
     * @throws KemoException category PLUGIN, where the strategy throws something or gives what is none of its parameters
     */
    static FittedValues of(EmotionNetwork network, ModelAssembly assembly, List<Example> training) {
        List<FusionTrainingData.Example> examples = training.stream()
                .flatMap(example ->
                        example
                                .aligned(assembly)
                                .map(label -> new FusionTrainingData.Example(label, cues(example)))
                                .stream())
                .toList();
        String who = assembly.strategyInWords();
        FusionStrategy strategy = network.fusion().orElseThrow();
        return new FittedValues(network.scoped(
                who + " fits",
                EmotionNetwork.FUSION,
                fitted(who, () -> strategy.fit(new FusionTrainingData(network.labels(), examples)))));
    }

    private static Map<String, FloatTensor> fitted(String who, Supplier<Map<String, FloatTensor>> fit) {
        return ComponentFailure.require(who + " fails on the training data", fit);
    }

    /** These and others. */
    FittedValues with(FittedValues others) {
        Map<String, FloatTensor> all = new LinkedHashMap<>(byName);
        all.putAll(others.byName);
        return new FittedValues(all);
    }

    /** Those that are parameters of a network, which may be part of the whole. */
    FittedValues within(EmotionNetwork network) {
        if (byName.isEmpty()) {
            return this;
        }
        Map<String, FloatTensor> within = new LinkedHashMap<>(byName);
        within.keySet().retainAll(NetworkParameters.shapes(network).keySet());
        return new FittedValues(within);
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

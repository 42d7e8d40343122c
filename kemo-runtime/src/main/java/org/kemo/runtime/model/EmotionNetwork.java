package org.kemo.runtime.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * The whole trainable part of a model: every modality's network, then the fusion strategy. One modality without a strategy
 * answers with its own aligned probabilities. Its outputs are {@value #PROBABILITIES} [N, C], those of each {@link
 * ModalityNetwork}, {@code weight.MODALITY} [N, 1] and {@code diagnostic.NAME} [N, k].
 *
 * @param labels the classes of the model
 * @param modalities in the order of the configuration
 * @param fusion the strategy; empty where there is one modality, or where only modalities are trained
 */
public record EmotionNetwork(LabelSpace labels, List<ModalityNetwork> modalities, Optional<FusionStrategy> fusion)
        implements Network {
    /** The output with the probabilities of the model. */
    public static final String PROBABILITIES = "probabilities";

    /** What the names of the outputs begin with that hold the weight of a modality. */
    public static final String WEIGHT = "weight.";

    /** What the names of the outputs begin with that hold diagnostics of the strategy. */
    public static final String DIAGNOSTIC = "diagnostic.";

    /** The output of {@link #withLoss} with the strategy's own loss, a scalar. */
    public static final String LOSS = "loss";

    /** The scope of the strategy's parameters. */
    public static final String FUSION = "fusion";

    /** Copies the list. */
    public EmotionNetwork {
        modalities = List.copyOf(modalities);
    }

    @Override
    public List<Input> inputs() {
        return modalities.stream().flatMap(each -> each.inputs().stream()).toList();
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        Map<String, T> outputs = new LinkedHashMap<>();
        build(ops, inputs, outputs);
        return outputs;
    }

    /** The network as it is trained: with {@value #LOSS} as one more output, where the strategy has a loss of its own. */
    public Network withLoss() {
        return new Network() {
            @Override
            public List<Input> inputs() {
                return EmotionNetwork.this.inputs();
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                Map<String, T> outputs = new LinkedHashMap<>();
                build(ops, inputs, outputs).ifPresent(loss -> outputs.put(LOSS, loss));
                return outputs;
            }
        };
    }

    /**
     * Values for some of its parameters, by scoped name.
     *
     * @param words begin the sentence that refuses one: {@code The fusion strategy [static] fits}
     * @param scope that the names of the values stand in
     * @throws KemoException category PLUGIN, where one is for none of the parameters
     */
    public Map<String, FloatTensor> scoped(String words, String scope, Map<String, FloatTensor> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, Shape> parameters = NetworkParameters.shapes(this);
        Map<String, FloatTensor> scoped = NetworkParameters.scoped(scope, values);
        scoped.forEach((name, value) -> {
            if (!Shape.of(value.shape()).equals(parameters.get(name))) {
                throw KemoException.plugin(
                        words + " [" + name + "] of the shape " + Shape.of(value.shape())
                                + ", which is none of its parameters.",
                        "Ask for a parameter of that name and shape, or leave its value out.");
            }
        });
        return scoped;
    }

    /** Adds the outputs and gives the strategy's own loss. */
    private <T> Optional<T> build(Ops<T> ops, Map<String, T> inputs, Map<String, T> outputs) {
        List<ModalityView<T>> views = new ArrayList<>();
        for (ModalityNetwork modality : modalities) {
            views.add(modality.forward(ops, inputs, outputs));
        }
        if (fusion.isPresent()) {
            Fused<T> fused = fusion.get().fuse(ops.scope(FUSION), new Modalities<>(labels, views));
            outputs.put(PROBABILITIES, fused.probabilities());
            fused.weights().forEach((modality, weight) -> outputs.put(WEIGHT + modality, weight));
            fused.diagnostics().forEach((name, value) -> outputs.put(DIAGNOSTIC + name, value));
            return fused.loss();
        }
        if (views.size() == 1) {
            outputs.put(PROBABILITIES, views.get(0).probabilities());
            outputs.put(WEIGHT + views.get(0).modality(), views.get(0).presence());
        }
        return Optional.empty();
    }
}

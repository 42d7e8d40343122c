package org.kemo.api.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * A strategy as a network of its own, whose inputs are what the host would compute for each modality. Whatever they hold for a
 * missing modality, the strategy sees what {@link ModalityView} promises, but for the values of the sequence, which may be anything.
 */
final class FusionNetwork implements Network {
    static final String PROBABILITIES = "probabilities";
    static final String WEIGHT = "weight/";
    static final String DIAGNOSTIC = "diagnostic/";
    static final String LOSS = "loss";

    /** As in the host: no name that a strategy gives to a parameter is that of an input or an output. */
    static final String SCOPE = "fusion";

    /** Below it a logarithm is that of this one, as {@link ModalityView} says. */
    private static final double SMALLEST = 1e-7;

    private final FusionStrategy strategy;
    private final LabelSpace labels;
    private final Map<Modality, Integer> widths;
    private final Map<Modality, List<String>> cues;

    /**
     * Wraps a strategy.
     *
     * @param widths of the encodings, by modality in their order
     * @param cues of every modality, by name
     */
    FusionNetwork(
            FusionStrategy strategy,
            LabelSpace labels,
            Map<Modality, Integer> widths,
            Map<Modality, List<String>> cues) {
        this.strategy = strategy;
        this.labels = labels;
        this.widths = new LinkedHashMap<>(widths);
        this.cues = Map.copyOf(cues);
    }

    static String name(Modality modality, String what) {
        return modality + "." + what;
    }

    @Override
    public List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        Shape batch = Shape.of(Dimension.BATCH);
        widths.forEach((modality, width) -> {
            Shape steps = batch.with(Dimension.named("T." + modality));
            inputs.add(new Input(name(modality, "sequence"), ElementType.FLOAT, steps.with(width)));
            inputs.add(new Input(name(modality, "mask"), ElementType.FLOAT, steps));
            inputs.add(new Input(name(modality, "pooled"), ElementType.FLOAT, batch.with(width)));
            inputs.add(new Input(name(modality, "scores"), ElementType.FLOAT, batch.with(labels.size())));
            inputs.add(new Input(name(modality, "presence"), ElementType.FLOAT, batch.with(1)));
            for (String cue : cues.get(modality)) {
                inputs.add(new Input(name(modality, cue), ElementType.FLOAT, batch.with(1)));
            }
        });
        return inputs;
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        return outputs(fuse(ops, inputs));
    }

    /** The same with the strategy's own loss as one more output, where it has one. */
    Network withLoss() {
        return new Network() {
            @Override
            public List<Input> inputs() {
                return FusionNetwork.this.inputs();
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                Fused<T> fused = fuse(ops, inputs);
                Map<String, T> outputs = outputs(fused);
                fused.loss().ifPresent(loss -> outputs.put(LOSS, loss));
                return outputs;
            }
        };
    }

    /**
     * The same as {@link #withLoss}, with a parameter [width] added to what each encoder and classifier gives, which begins at 0: its
     * gradient is what they would learn from.
     */
    Network fedByParameters() {
        Network network = withLoss();
        return new Network() {
            @Override
            public List<Input> inputs() {
                return network.inputs();
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                Map<String, T> fed = new LinkedHashMap<>(inputs);
                for (Modality modality : widths.keySet()) {
                    for (String what : List.of("sequence", "pooled", "scores")) {
                        String name = name(modality, what);
                        T input = inputs.get(name);
                        Shape width = Shape.of(ops.shape(input).size(-1));
                        fed.put(name, ops.add(input, ops.parameter("input/" + name, width, Initializer.constant(0))));
                    }
                }
                return network.forward(ops, fed);
            }
        };
    }

    private <T> Fused<T> fuse(Ops<T> ops, Map<String, T> inputs) {
        List<ModalityView<T>> views = widths.keySet().stream()
                .map(modality -> view(ops, inputs, modality))
                .toList();
        return strategy.fuse(ops.scope(SCOPE), new Modalities<>(labels, views));
    }

    private static <T> Map<String, T> outputs(Fused<T> fused) {
        Map<String, T> outputs = new LinkedHashMap<>();
        outputs.put(PROBABILITIES, fused.probabilities());
        fused.weights().forEach((modality, weight) -> outputs.put(WEIGHT + modality, weight));
        fused.diagnostics().forEach((name, diagnostic) -> outputs.put(DIAGNOSTIC + name, diagnostic));
        return outputs;
    }

    private <T> ModalityView<T> view(Ops<T> ops, Map<String, T> inputs, Modality modality) {
        T presence = inputs.get(name(modality, "presence"));
        // Scores of 0 are uniform probabilities.
        T probabilities = probabilities(ops, ops.multiply(inputs.get(name(modality, "scores")), presence));
        Map<String, T> present = new LinkedHashMap<>();
        for (String cue : cues.get(modality)) {
            present.put(cue, ops.multiply(inputs.get(name(modality, cue)), presence));
        }
        return new ModalityView<>(
                modality,
                new Sequence<>(
                        inputs.get(name(modality, "sequence")),
                        ops.multiply(inputs.get(name(modality, "mask")), presence)),
                ops.multiply(inputs.get(name(modality, "pooled")), presence),
                ops.log(ops.maximum(probabilities, ops.constant(SMALLEST))),
                probabilities,
                presence,
                present);
    }

    /**
     * A softmax, [N, C]. Where the score of the last class is above 0, what that class has goes to the first, as where the classes of a
     * modality are aligned to those of the model and none to this one: its probability is 0. The scores of a {@link FusionExample} are
     * logarithms of probabilities, which are not above 0.
     */
    private <T> T probabilities(Ops<T> ops, T scores) {
        int last = labels.size() - 1;
        FloatTensor goes = FloatTensor.zeros(labels.size());
        goes.values()[0] = 1;
        goes.values()[last] = -1;
        T own = ops.softmax(scores, -1);
        T isMoved = ops.isPositive(ops.slice(scores, 1, last, last + 1));
        T moved = ops.multiply(ops.slice(own, 1, last, last + 1), isMoved);
        return ops.add(own, ops.multiply(moved, ops.constant(goes)));
    }
}

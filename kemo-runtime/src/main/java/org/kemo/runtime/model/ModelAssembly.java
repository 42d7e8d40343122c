package org.kemo.runtime.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.api.LabelAlignment;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkOutputs;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.pipeline.ModalityPipeline;
import org.kemo.runtime.pipeline.PretrainedEncoders;

/** Puts the parts that a configuration names together: label space, pipelines, networks. */
public final class ModelAssembly {
    /** Training may multiply numbers with a mantissa of 8 bits, and each product puts a sum off by up to 1/256. */
    private static final float SUM_TOLERANCE = 0.02f;

    private final KemoConfiguration configuration;
    private final LabelSpace labels;
    private final Map<Modality, LabelAlignment> alignments = new LinkedHashMap<>();
    private final Map<Modality, ModalityPipeline> pipelines = new LinkedHashMap<>();

    /** The parts of a configuration. */
    public ModelAssembly(KemoConfiguration configuration, AudioReader reader) {
        this.configuration = configuration;
        this.labels = new LabelSpace(configuration.labels().space());
        configuration.modalities().forEach((name, modality) -> {
            Modality key = Modality.of(name);
            Map<String, String> align = configuration.labels().align().getOrDefault(name, Map.of());
            alignments.put(key, LabelAlignment.of(new LabelSpace(modality.labels()), labels, align));
            pipelines.put(key, new ModalityPipeline(key, modality, reader));
        });
    }

    /** The classes of the model. */
    public LabelSpace labels() {
        return labels;
    }

    /** The modalities in the order of the configuration. */
    public List<Modality> modalities() {
        return List.copyOf(pipelines.keySet());
    }

    /**
     * The one modality of a model that nothing fuses.
     *
     * @throws KemoException category CONFIGURATION, where there are several, or a fusion strategy stands behind the one
     */
    public Modality alone() {
        if (pipelines.size() > 1) {
            throw KemoException.configuration(
                    "The model reads the modalities " + modalities() + ", where one is wanted.",
                    "Train one of text alone.");
        }
        configuration.fusion().ifPresent(strategy -> {
            throw KemoException.configuration(
                    "Behind the modality " + modalities() + " of the model stands the fusion strategy ["
                            + strategy.type() + "].",
                    "Train it without fusion.");
        });
        return modalities().get(0);
    }

    /** The frozen steps of a modality. */
    public ModalityPipeline pipeline(Modality modality) {
        return pipelines.get(modality);
    }

    /** The frozen steps of all modalities, in their order. */
    public List<ModalityPipeline> pipelines() {
        return List.copyOf(pipelines.values());
    }

    /**
     * The way from a modality's own classes to the model's.
     *
     * @throws KemoException category CONFIGURATION, where the model has no such modality
     */
    public LabelAlignment alignment(Modality modality) {
        return Optional.ofNullable(alignments.get(modality))
                .orElseThrow(() -> KemoException.configuration(
                        "The model has no modality [" + modality + "].", "Choose among " + modalities() + "."));
    }

    /**
     * The class of the model that a data set's label stands for: itself where the model has it, else where the modalities'
     * alignments send it.
     *
     * @throws KemoException category INPUT, where no modality knows the label, or two send it to different classes
     */
    public String align(String label) {
        if (labels.contains(label)) {
            return label;
        }
        List<String> targets = alignments.values().stream()
                .map(alignment -> alignment.map().get(label))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        if (targets.size() != 1) {
            throw KemoException.input(
                    "The label [" + label + "] stands for " + (targets.isEmpty() ? "none" : targets) + " of " + labels
                            + ".",
                    "Correct it, or say under labels.align where it goes.");
        }
        return targets.get(0);
    }

    /**
     * As {@link #align(String)}, where the answer of one modality alone is scored: its own alignment comes first, since two may send a label
     * of the same name to different classes.
     */
    public String align(Modality modality, String label) {
        LabelAlignment own = alignment(modality);
        return own.from().contains(label) ? own.align(label) : align(label);
    }

    /**
     * The network of one modality.
     *
     * @param width of a step, where the pipeline does not decide it
     * @param standardisation of features, measured over training data
     */
    public ModalityNetwork network(Modality modality, int width, Optional<Standardisation> standardisation) {
        return network(modality, width, standardisation, Optional.empty());
    }

    /**
     * The network of one modality, whose strategy is trained too.
     *
     * @param width of a step, where the pipeline does not decide it
     * @param standardisation of features, measured over training data
     * @param tokens the same of those that a pretrained encoder gives behind a pooled vector, which alone is then measured by the other
     */
    public ModalityNetwork network(
            Modality modality, int width, Optional<Standardisation> standardisation, Optional<Standardisation> tokens) {
        ModalityConfiguration part = configuration.modalities().get(modality.name());
        ModalityPipeline pipeline = pipelines.get(modality);
        NetworkEncoder encoder = pipeline.pretrained()
                .map(each -> each.tuned()
                        .orElseGet(() -> new PooledFirst(tokens.map(own -> own.after(standardisation.orElseThrow())))))
                .orElseGet(() -> (NetworkEncoder) part.encoder().get(0).value());
        return new ModalityNetwork(
                modality,
                pipeline.type(),
                pipeline.width().orElse(width),
                pipeline.cues(),
                standardises(modality) ? standardisation : Optional.empty(),
                encoder,
                part.dropout(),
                alignments.get(modality));
    }

    /** Whether the network of a modality reads features less their mean: not ids, nor what trained layers go on from. */
    public boolean standardises(Modality modality) {
        ModalityPipeline pipeline = pipelines.get(modality);
        return pipeline.type() == ElementType.FLOAT
                && pipeline.pretrained().flatMap(PretrainedEncoders::tuned).isEmpty();
    }

    /** What stands for the weights of a modality's pretrained encoders; empty where it has none. */
    public Optional<String> pretrained(Modality modality) {
        return pipelines.get(modality).pretrained().map(PretrainedEncoders::fingerprint);
    }

    /**
     * Opens the pretrained encoders, which otherwise happens when they are first asked for something: before data are prepared for one
     * that cannot be had, is broken or does not fit.
     */
    public void check() {
        pipelines.values().forEach(pipeline -> pipeline.pretrained().ifPresent(PretrainedEncoders::check));
    }

    /**
     * Runs the whole network over shapes: a mistake in the strategy shows before the stages that come before its own.
     *
     * @param widths of a step of each modality whose pipeline does not decide it
     * @throws KemoException category PLUGIN, naming the encoder or the strategy, where it throws something, such as for shapes that do not
     *     fit, gives others than it must, the strategy weighs a modality that there is not, or published values that the encoder brings are
     *     for none of its parameters
     */
    public void checkShapes(Map<Modality, Integer> widths) {
        List<ModalityNetwork> networks = new ArrayList<>();
        for (Modality modality : modalities()) {
            String who = encoderInWords(modality);
            ModalityNetwork network = network(modality, widths.getOrDefault(modality, 0), Optional.empty());
            ModalityNetwork checked = network.with(new CheckedEncoder(who, network.encoder()));
            EmotionNetwork alone = new EmotionNetwork(labels, List.of(checked), Optional.empty());
            NetworkOutputs.of(alone);
            alone.scoped(who + " brings", network.encoderScope(), built(who, () -> network.encoder()
                    .pretrained()));
            networks.add(checked);
        }
        configuration.fusion().ifPresent(strategy -> {
            String who = strategyInWords();
            FusionStrategy named = new NamedStrategy(who, strategy.value());
            Network whole = new EmotionNetwork(labels, networks, Optional.of(named)).withLoss();
            NetworkOutputs.of(whole).forEach((name, shape) -> checkFused(who, name, shape));
        });
    }

    /** The encoder of a modality, as a sentence begins with it: {@code The encoder [bilstm] of the modality [audio]}. */
    public String encoderInWords(Modality modality) {
        List<String> types = configuration.modalities().get(modality.name()).encoder().stream()
                .map(Component::type)
                .toList();
        return "The encoder " + types + " of the modality [" + modality + "]";
    }

    /** Likewise the fusion strategy, where there is one. */
    public String strategyInWords() {
        return "The fusion strategy [" + configuration.fusion().orElseThrow().type() + "]";
    }

    /** What an author's code gives over shapes. What is thrown elsewhere is a fault of Kemo's own and no plugin's. */
    private static <R> R built(String who, Supplier<R> part) {
        return ComponentFailure.require(who + " cannot be built", part);
    }

    private void checkFused(String who, String output, Shape shape) {
        Shape batch = Shape.of(Dimension.BATCH);
        String what = who + " gives [" + output + "]";
        if (output.equals(EmotionNetwork.PROBABILITIES)) {
            requireShape(shape.equals(batch.with(labels.size())), what, shape, "[N, " + labels.size() + "]");
        } else if (output.equals(EmotionNetwork.LOSS)) {
            requireShape(shape.equals(Shape.SCALAR), what, shape, "a scalar");
        } else if (output.startsWith(EmotionNetwork.WEIGHT)) {
            requireModality(who, output.substring(EmotionNetwork.WEIGHT.length()));
            requireShape(shape.equals(batch.with(1)), what, shape, "[N, 1]");
        } else if (output.startsWith(EmotionNetwork.DIAGNOSTIC)) {
            requireShape(isForEach(shape, 2), what, shape, "[N, k] with a k that is the same for every batch");
        }
    }

    private void requireModality(String who, String weighed) {
        if (modalities().stream().noneMatch(modality -> modality.name().equals(weighed))) {
            throw KemoException.plugin(
                    who + " gives the modality [" + weighed + "] a weight, and there is none of that name.",
                    "Give weights to " + modalities() + " alone, as their views name them.");
        }
    }

    /** Whether it begins with the utterances of a batch, has so many axes, and ends with a known one. */
    private static boolean isForEach(Shape shape, int rank) {
        return shape.rank() == rank
                && shape.dimension(0).equals(Dimension.BATCH)
                && shape.dimension(-1).isFixed();
    }

    private static void requireShape(boolean fits, String what, Shape shape, String expected) {
        if (!fits) {
            throw KemoException.plugin(
                    what + " of the shape " + shape + ", and must give " + expected + ".", "Correct it.");
        }
    }

    /** An encoder that is named where it breaks, and whose shapes are looked at before wrong ones are broadcast into something. */
    private record CheckedEncoder(String who, NetworkEncoder encoder) implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return built(who, () -> checked(ops, encoder.encode(ops, input)));
        }

        private <T> Encoded<T> checked(Ops<T> ops, Encoded<T> encoded) {
            Shape sequence = ops.shape(encoded.sequence().values());
            Shape mask = ops.shape(encoded.sequence().mask());
            Shape pooled = ops.shape(encoded.pooled());
            requireShape(isForEach(sequence, 3), who + " gives a sequence", sequence, "[N, T, d]");
            Shape steps = sequence.drop(-1);
            requireShape(mask.equals(steps), who + " gives a mask of its sequence", mask, steps.toString());
            // Of another width than the steps, where layers stand behind the pooling.
            requireShape(isForEach(pooled, 2), who + " gives a vector", pooled, "[N, d]");
            return encoded;
        }
    }

    /** A strategy that is named where it breaks. */
    private record NamedStrategy(String who, FusionStrategy strategy) implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return built(who, () -> {
                Fused<T> fused = strategy.fuse(ops, in);
                Objects.requireNonNull(fused.probabilities(), "its probabilities are null");
                return fused;
            });
        }
    }

    /**
     * Refuses answers that are no probabilities, from which a class would be chosen all the same: those of each modality, and what the
     * strategy makes of them.
     *
     * @param outputs of a network of some of the modalities, with the strategy or without
     * @param ids of the utterances, in the order of the rows
     * @param only the modality whose own answers alone are looked at; empty for all answers
     * @throws KemoException category PLUGIN, naming the encoder or the strategy, and the utterance
     */
    public void requireProbabilities(Map<String, FloatTensor> outputs, List<String> ids, Optional<Modality> only) {
        for (Modality modality : only.map(List::of).orElseGet(this::modalities)) {
            Optional.ofNullable(outputs.get(ModalityNetwork.probabilities(modality)))
                    .ifPresent(rows -> requireProbabilities(encoderInWords(modality), rows, ids));
        }
        Optional.ofNullable(outputs.get(EmotionNetwork.PROBABILITIES))
                .filter(rows -> only.isEmpty() && configuration.fusion().isPresent())
                .ifPresent(rows -> requireProbabilities(strategyInWords(), rows, ids));
    }

    private static void requireProbabilities(String who, FloatTensor rows, List<String> ids) {
        for (int row = 0; row < ids.size(); row++) {
            float least = Float.POSITIVE_INFINITY;
            float sum = 0;
            for (int c = 0; c < rows.size(1); c++) {
                float probability = rows.at(row, c);
                least = Math.min(least, probability);
                sum += probability;
            }
            // Written so that what is not a number is refused too.
            if (!(least >= -SUM_TOLERANCE && Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw KemoException.plugin(
                        who + " gives the utterance [" + ids.get(row)
                                + "] numbers that are no probabilities: the least is [" + least
                                + "], and they add up to [" + sum + "].",
                        "Look in it for a quotient, a root or a logarithm of 0, such as where a modality is missing, and for weights that"
                                + " do not add up to 1. Its contract in the test kit finds them.");
            }
        }
    }

    /** The fusion strategy. */
    public Optional<FusionStrategy> fusion() {
        return configuration.fusion().map(Component::value);
    }
}

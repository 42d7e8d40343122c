package org.kemo.api.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/**
 * One utterance with numbers of one's own, to compare a strategy with a formula worked out by hand:
 *
 * <pre>{@code
 * Map<String, FloatTensor> answer = new FusionExample(strategy, LabelSpace.of("happy", "sad"))
 *         .with("audio", new float[] {1, 2}, new float[] {0.9f, 0.1f})
 *         .without("text", 3)
 *         .answer(Map.of("gate/bias", FloatTensor.of(new float[] {0}, 1)));
 * }</pre>
 *
 * Immutable: each method gives another example.
 */
public final class FusionExample {
    private static final double SUM_TOLERANCE = 1e-3;

    private record Part(FloatTensor sequence, FloatTensor pooled, FloatTensor scores, Map<String, Double> cues) {
        int steps() {
            return sequence.size(0);
        }
    }

    private final FusionStrategy strategy;
    private final LabelSpace labels;
    private final Map<Modality, Part> parts;

    /** An utterance without modalities so far. */
    public FusionExample(FusionStrategy strategy, LabelSpace labels) {
        this(strategy, labels, Map.of());
    }

    private FusionExample(FusionStrategy strategy, LabelSpace labels, Map<Modality, Part> parts) {
        this.strategy = strategy;
        this.labels = labels;
        this.parts = parts;
    }

    /**
     * The same with one more modality. Its sequence is a single step that holds the pooled vector.
     *
     * @param pooled [d]
     * @param probabilities [C], all above 0, with the sum 1
     * @throws IllegalArgumentException where the probabilities are none
     */
    public FusionExample with(String modality, float[] pooled, float[] probabilities) {
        return with(modality, pooled, probabilities, Map.of());
    }

    /** The same with one more modality that has cues; all modalities have the same ones. */
    public FusionExample with(String modality, float[] pooled, float[] probabilities, Map<String, Double> cues) {
        FloatTensor vector = FloatTensor.of(pooled, pooled.length);
        return with(
                modality,
                new Part(vector.reshape(1, pooled.length), vector, logarithms(modality, probabilities), cues));
    }

    /**
     * The same with one more modality that is a sequence; its pooled vector is the mean of the steps.
     *
     * @param sequence [T, d], at least one step
     * @param probabilities [C], all above 0, with the sum 1
     * @throws IllegalArgumentException where the probabilities are none
     */
    public FusionExample with(String modality, FloatTensor sequence, float[] probabilities) {
        FloatTensor mean = FloatTensor.zeros(sequence.size(1));
        for (int t = 0; t < sequence.size(0); t++) {
            for (int d = 0; d < mean.count(); d++) {
                mean.values()[d] += sequence.at(t, d) / sequence.size(0);
            }
        }
        return with(modality, new Part(sequence, mean, logarithms(modality, probabilities), Map.of()));
    }

    /** The same with one more modality, of encodings [d], that is missing from the utterance. */
    public FusionExample without(String modality, int width) {
        return with(
                modality,
                new Part(
                        FloatTensor.zeros(0, width),
                        FloatTensor.zeros(width),
                        FloatTensor.zeros(labels.size()),
                        Map.of()));
    }

    private FloatTensor logarithms(String modality, float[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        double sum = 0;
        boolean above = true;
        for (int c = 0; c < logarithms.length; c++) {
            logarithms[c] = (float) Math.log(probabilities[c]);
            sum += probabilities[c];
            above &= probabilities[c] > 0;
        }
        if (!above || logarithms.length != labels.size() || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException("The probabilities of [" + modality + "] are "
                    + Arrays.toString(probabilities) + ". Give one above 0 for each of the classes " + labels
                    + ", with the sum 1.");
        }
        return FloatTensor.of(logarithms, labels.size());
    }

    private FusionExample with(String modality, Part part) {
        Map<Modality, Part> more = new LinkedHashMap<>(parts);
        more.put(Modality.of(modality), part);
        return new FusionExample(strategy, labels, more);
    }

    /**
     * What the first backend on the test class path says.
     *
     * @param parameters of the strategy, by the names that it gives them; those that are not given begin as in training with seed 1
     * @return {@code probabilities} [1, C], {@code weight/MODALITY} [1, 1] and {@code diagnostic/NAME} [1, k]
     * @throws IllegalArgumentException where the strategy asks for no parameter of a name
     */
    public Map<String, FloatTensor> answer(Map<String, FloatTensor> parameters) {
        return run(network(), parameters);
    }

    /**
     * The strategy's own loss for the utterance alone, on the first backend on the test class path; empty where it has none.
     *
     * @param parameters as for {@link #answer}
     */
    public Optional<Float> loss(Map<String, FloatTensor> parameters) {
        return Optional.ofNullable(run(network().withLoss(), parameters).get(FusionNetwork.LOSS))
                .map(FloatTensor::at);
    }

    private List<String> cues() {
        return parts.values().stream()
                .flatMap(part -> part.cues().keySet().stream())
                .distinct()
                .toList();
    }

    private FusionNetwork network() {
        Map<Modality, Integer> widths = new LinkedHashMap<>();
        Map<Modality, List<String>> cues = new LinkedHashMap<>();
        parts.forEach((modality, part) -> {
            widths.put(modality, part.pooled().count());
            cues.put(modality, cues());
        });
        return new FusionNetwork(strategy, labels, widths, cues);
    }

    private Map<String, FloatTensor> run(Network network, Map<String, FloatTensor> parameters) {
        return NetworkBackends.answer(network, FusionNetwork.SCOPE, parameters, List.of(utterance()));
    }

    private Map<String, Tensor> utterance() {
        Map<String, Tensor> utterance = new LinkedHashMap<>();
        parts.forEach((modality, part) -> {
            utterance.put(FusionNetwork.name(modality, "sequence"), part.sequence());
            utterance.put(FusionNetwork.name(modality, "mask"), NetworkContract.ones(part.steps()));
            utterance.put(FusionNetwork.name(modality, "pooled"), part.pooled());
            utterance.put(FusionNetwork.name(modality, "scores"), part.scores());
            utterance.put(
                    FusionNetwork.name(modality, "presence"),
                    FloatTensor.of(new float[] {Math.min(1, part.steps())}, 1));
            for (String cue : cues()) {
                float value = part.cues().getOrDefault(cue, 0.0).floatValue();
                utterance.put(FusionNetwork.name(modality, cue), FloatTensor.of(new float[] {value}, 1));
            }
        });
        return utterance;
    }
}

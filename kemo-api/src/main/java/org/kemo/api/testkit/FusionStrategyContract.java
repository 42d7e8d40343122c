package org.kemo.api.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/**
 * What has to hold of every fusion strategy: all that {@link NetworkContract} asks of a network, and that its answers are
 * probabilities, that a missing modality is no obstacle, and that its weights and diagnostics are what {@link
 * org.kemo.api.fusion.Fused} says. The author of a strategy extends this class and says which strategy it is:
 *
 * <pre>{@code
 * final class LoudestWinsTest extends FusionStrategyContract {
 *     @Override
 *     protected FusionStrategy strategy() {
 *         return new LoudestWins(new LoudestWinsOptions(0.5));
 *     }
 * }
 * }</pre>
 */
// JUnit cannot be required transitively: a plugin would need it to compile.
@SuppressWarnings("exports")
public abstract class FusionStrategyContract {
    private static final double SUM_TOLERANCE = 1e-4;
    private static final String ALLOWED =
            " Its check allows them: refuse them there with a KemoException, or take them in fuse.";

    /** For authors of strategies. */
    protected FusionStrategyContract() {}

    /** The strategy. */
    protected abstract FusionStrategy strategy();

    /** The modalities that it is tested with; with one and with three it is tested as well, where it does not refuse them. */
    protected List<Modality> modalities() {
        return List.of(Modality.of("audio"), Modality.of("text"));
    }

    /** The classes of the model. */
    protected LabelSpace labels() {
        return LabelSpace.of("neutral", "happy", "sad");
    }

    /**
     * The cues of a modality, as a model gives them: {@code audio} has those of the feature {@code prosody}, {@code text} the number of its
     * tokens, and any other has none. The strategy is tested without cues as well, where it does not refuse that.
     */
    protected List<String> cues(Modality modality) {
        return switch (modality.name()) {
            case "audio" -> List.of("loudness", "f0-range", "voiced");
            case "text" -> List.of("tokens");
            default -> List.of();
        };
    }

    /** Where parameters and inputs are drawn from; another seed is another test. */
    protected long seed() {
        return 1;
    }

    /** Whatever the backend, the answer is the same to 1e-5. */
    @Test
    public final void backendsAgree() {
        subject(modalities()).checks().backendsAgree();
    }

    /** An utterance gets the same answer alone and among others. */
    @Test
    public final void anUtteranceDoesNotDependOnItsBatchMates() {
        subject(modalities()).checks().anUtteranceDoesNotDependOnItsBatchMates();
    }

    /** More padding, with anything in it, changes nothing. */
    @Test
    public final void paddingDoesNotReachTheAnswer() {
        subject(modalities()).checks().paddingDoesNotReachTheAnswer();
    }

    /** Derivatives are what differences say, and those that flow back into encoders and classifiers are numbers. */
    @Test
    public final void gradientsAgreeWithDifferences() {
        subject(modalities()).gradientsAgreeWithDifferences();
    }

    /** No parameter is carried along for nothing, as {@link NetworkContract#everyParameterIsUsed} asks. */
    @Test
    public final void everyParameterIsUsed() {
        subject(modalities()).checks().everyParameterIsUsed();
    }

    /** Nothing in the strategy is random. */
    @Test
    public final void theSameInputGivesTheSameBits() {
        subject(modalities()).checks().theSameInputGivesTheSameBits();
    }

    /** Every row of the answer is a distribution, whichever modalities are there, and where one gives a class the probability 0. */
    @Test
    public final void answersAreProbabilities() {
        subject(modalities()).answersAreProbabilities();
    }

    /** What stands in the place of a missing modality does not matter, and it has no weight. */
    @Test
    public final void aMissingModalityDoesNotReachTheAnswer() {
        subject(modalities()).aMissingModalityDoesNotReachTheAnswer();
    }

    /** Weights are [N, 1], between 0 and 1, and of modalities that there are. */
    @Test
    public final void weightsAreBetweenZeroAndOne() {
        subject(modalities()).weightsAreBetweenZeroAndOne();
    }

    /** Diagnostics are [N, k]: as many numbers for each utterance, whatever its batch mates. */
    @Test
    public final void diagnosticsAreForEachUtterance() {
        subject(modalities()).diagnosticsAreForEachUtterance();
    }

    /** What the strategy takes from the training data are values of its parameters, the same every time. */
    @Test
    public final void fittedValuesAreParameters() {
        subject(modalities()).fittedValuesAreParameters();
    }

    /** A loss of its own is a scalar. */
    @Test
    public final void aLossIsOneNumber() {
        subject(modalities()).aLossIsOneNumber();
    }

    /** An utterance of which all numbers are 0 gets an answer. */
    @Test
    public final void anUtteranceOfZerosGetsAnAnswer() {
        subject(modalities()).anUtteranceOfZerosGetsAnAnswer();
    }

    /** One modality, where the strategy takes it. */
    @Test
    public final void takesOneModality() {
        takes(List.of(Modality.of("text")));
    }

    /** Three modalities, where the strategy takes them. */
    @Test
    public final void takesThreeModalities() {
        takes(List.of(Modality.of("audio"), Modality.of("text"), Modality.of("face")));
    }

    /** Modalities without cues, where the strategy takes them: a model has only those that its features give. */
    @Test
    public final void takesModalitiesWithoutCues() {
        FusionInputs inputs = FusionInputs.of(labels(), modalities());
        assumeTrue(allows(inputs), () -> "The strategy refuses the modalities " + modalities() + " without cues.");
        subject(inputs, ALLOWED).answersAreProbabilities();
    }

    private void takes(List<Modality> modalities) {
        FusionInputs inputs = inputs(modalities);
        assumeTrue(allows(inputs), () -> "The strategy refuses the modalities " + modalities + ".");
        Subject subject = subject(inputs, ALLOWED);
        subject.answersAreProbabilities();
        subject.weightsAreBetweenZeroAndOne();
        subject.checks().anUtteranceDoesNotDependOnItsBatchMates();
        subject.checks().paddingDoesNotReachTheAnswer();
        subject.gradientsAgreeWithDifferences();
        if (modalities.size() > 1) {
            subject.aMissingModalityDoesNotReachTheAnswer();
        }
        subject.checks().backendsAgree();
    }

    private boolean allows(FusionInputs inputs) {
        try {
            strategy().check(inputs);
            return true;
        } catch (KemoException e) {
            return false;
        }
    }

    private FusionInputs inputs(List<Modality> modalities) {
        Map<Modality, List<String>> all = new LinkedHashMap<>();
        modalities.forEach(modality -> all.put(modality, cues(modality)));
        return new FusionInputs(labels(), all);
    }

    private Subject subject(List<Modality> modalities) {
        return subject(inputs(modalities), "");
    }

    private Subject subject(FusionInputs inputs, String advice) {
        FusionStrategy strategy = strategy();
        strategy.check(inputs);
        Map<Modality, Integer> widths = new LinkedHashMap<>();
        // All different, so that a strategy that takes one for the other is found.
        inputs.modalities().forEach(modality -> widths.put(modality, 4 + widths.size()));
        try {
            return subject(strategy, inputs, widths);
        } catch (RuntimeException e) {
            // Only a strategy's author knows which of its lines is meant: the cause has them.
            throw new AssertionError(
                    "The strategy cannot be built for the modalities " + widths
                            + " (width of the encodings), their cues " + inputs.cues() + " and the ["
                            + labels().size() + "] classes " + labels() + ": "
                            + NetworkChecks.sentence(e) + advice,
                    e);
        }
    }

    private Subject subject(FusionStrategy strategy, FusionInputs inputs, Map<Modality, Integer> widths) {
        FusionNetwork network = new FusionNetwork(strategy, labels(), widths, inputs.cues());
        FusionUtterances utterances = new FusionUtterances(network.inputs(), inputs.modalities());
        FusionTrainingData data = new FusionTrainingData(labels(), utterances.training(inputs, seed()));
        Supplier<Map<String, FloatTensor>> fit =
                () -> NetworkParameters.scoped(FusionNetwork.SCOPE, strategy.fit(data));
        NetworkChecks checks =
                new NetworkChecks("The strategy", network, network.withLoss(), fit.get(), utterances::draw, seed());
        return new Subject(checks, network, utterances, inputs.modalities(), labels().size(), seed(), fit);
    }

    /** A strategy with certain modalities, ready to be asked. */
    private record Subject(
            NetworkChecks checks,
            FusionNetwork network,
            FusionUtterances utterances,
            List<Modality> modalities,
            int classes,
            long seed,
            Supplier<Map<String, FloatTensor>> fit) {
        void gradientsAgreeWithDifferences() {
            SplittableRandom random = new SplittableRandom(seed);
            List<Map<String, Tensor>> incomplete = new ArrayList<>();
            if (modalities.size() > 1) {
                modalities.forEach(missing -> incomplete.add(utterances.drawWithout(missing, random)));
            }
            checks.gradientsAgreeWithDifferences(network.fedByParameters(), incomplete);
        }

        void answersAreProbabilities() {
            Shape expected = Shape.of(Dimension.BATCH).with(classes);
            Shape shape = checks.shapes().get(FusionNetwork.PROBABILITIES);
            if (!shape.equals(expected)) {
                checks.failWith(
                        "answers with the shape %s and not %s: one probability for each of the classes in in.labels(), for each"
                                + " utterance N.",
                        shape, expected);
            }
            SplittableRandom random = new SplittableRandom(seed);
            checks.run(checks.draw(12, random), random).forEach(outputs -> requireProbabilities(outputs, ""));
        }

        void anUtteranceOfZerosGetsAnAnswer() {
            SplittableRandom random = new SplittableRandom(seed);
            checks.run(List.of(utterances.zeros(random)), random)
                    .forEach(outputs -> requireProbabilities(outputs, " an utterance of which all numbers are 0"));
        }

        private void requireProbabilities(Map<String, FloatTensor> outputs, String which) {
            FloatTensor rows = outputs.get(FusionNetwork.PROBABILITIES);
            for (int n = 0; n < rows.size(0); n++) {
                double sum = 0;
                for (int c = 0; c < rows.size(1); c++) {
                    requireProbability(rows.at(n, c), which);
                    sum += rows.at(n, c);
                }
                if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                    checks.failWith(
                            "answers%s with numbers that are no probabilities: they add up to [%.6f]. Weights have to add up to 1"
                                    + " over the modalities that are present, or end in a softmax over the classes, axis -1.",
                            which, sum);
                }
            }
        }

        private void requireProbability(float value, String which) {
            if (!(value >= 0 && value <= 1 + SUM_TOLERANCE)) {
                checks.failWith(
                        "answers%s with the probability [%.6f]. Probabilities lie between 0 and 1: mix what the modalities answer"
                                + " with weights between 0 and 1, by a sigmoid or a softmax, or end in a softmax.",
                        which, value);
            }
        }

        void aMissingModalityDoesNotReachTheAnswer() {
            OutputComparison comparison = new OutputComparison(checks.shapes());
            for (Modality missing : modalities) {
                SplittableRandom random = new SplittableRandom(seed);
                List<Map<String, Tensor>> batch = List.of(
                        utterances.drawWithout(missing, random), utterances.draw(random), utterances.draw(random));
                List<Map<String, FloatTensor>> one = checks.run(batch, new SplittableRandom(2));
                List<Map<String, FloatTensor>> other = checks.run(batch, new SplittableRandom(3));
                for (int backend = 0; backend < one.size(); backend++) {
                    OutputComparison.Difference difference =
                            comparison.difference(one.get(backend), 0, other.get(backend), 0, Map.of());
                    if (!(difference.size() <= NetworkChecks.TOLERANCE)) {
                        checks.failWith(
                                "answers [%s] by what stands in the sequence of [%s] though that is missing: it moved by [%.2g]."
                                        + " Multiply by the mask or by the presence.",
                                difference.output(), missing, difference.size());
                    }
                    requireProbabilities(one.get(backend), " an utterance without [" + missing + "]");
                    requireNoWeight(one.get(backend), missing);
                }
            }
        }

        private void requireNoWeight(Map<String, FloatTensor> outputs, Modality missing) {
            FloatTensor weights = outputs.get(FusionNetwork.WEIGHT + missing);
            if (weights != null && !(Math.abs(weights.at(0, 0)) <= NetworkChecks.TOLERANCE)) {
                checks.failWith(
                        "gives [%s] the weight [%.4f] where it is missing. A modality that is not there counts 0.",
                        missing, weights.at(0, 0));
            }
        }

        void weightsAreBetweenZeroAndOne() {
            checks.shapes().forEach((name, shape) -> {
                if (name.startsWith(FusionNetwork.WEIGHT)) {
                    requireModality(name.substring(FusionNetwork.WEIGHT.length()));
                    if (!shape.equals(Shape.of(Dimension.BATCH).with(1))) {
                        checks.failWith(
                                "gives the [%s] the shape %s. It is one number for each utterance, [N, 1].",
                                name, shape);
                    }
                }
            });
            SplittableRandom random = new SplittableRandom(seed);
            checks.run(checks.draw(12, random), random)
                    .forEach(outputs -> outputs.forEach((name, values) -> {
                        if (name.startsWith(FusionNetwork.WEIGHT)) {
                            for (float weight : values.values()) {
                                if (!(weight >= 0 && weight <= 1 + SUM_TOLERANCE)) {
                                    checks.failWith(
                                            "gives the [%s] of [%.4f]. Weights are between 0 and 1: let a sigmoid or a softmax make"
                                                    + " them, or divide them by their sum.",
                                            name, weight);
                                }
                            }
                        }
                    }));
        }

        private void requireModality(String weighed) {
            if (modalities.stream().noneMatch(modality -> modality.name().equals(weighed))) {
                checks.failWith(
                        "gives a weight to [%s], which is none of the modalities %s. Weigh those of in.all(), by their modality().",
                        weighed, modalities);
            }
        }

        void fittedValuesAreParameters() {
            Map<String, FloatTensor> fitted = fit.get();
            if (!fitted.keySet().stream().allMatch(checks.parameters()::containsKey)) {
                checks.failWith(
                        "fits %s, and its parameters are %s. Fit values of parameters that fuse asks for.",
                        fitted.keySet(), checks.parameters().keySet());
            }
            if (!fitted.equals(fit.get())) {
                checks.failWith("fits other values to the same data the second time. It must not draw random numbers.");
            }
        }

        void aLossIsOneNumber() {
            Shape loss = checks.trainedShapes().getOrDefault(FusionNetwork.LOSS, Shape.SCALAR);
            if (!loss.equals(Shape.SCALAR)) {
                checks.failWith(
                        "has a loss of the shape %s. It is one number for the whole batch: take the mean over the utterances, with"
                                + " Ops.mean along axis 0.",
                        loss);
            }
        }

        void diagnosticsAreForEachUtterance() {
            checks.shapes().forEach((name, shape) -> {
                if (name.startsWith(FusionNetwork.DIAGNOSTIC)
                        && (shape.rank() != 2
                                || !shape.dimension(0).equals(Dimension.BATCH)
                                || !shape.dimension(1).isFixed())) {
                    checks.failWith(
                            "shows the [%s] of the shape %s. Reports read [N, k]: k numbers for each utterance, as many in every"
                                    + " batch. Of the steps of a sequence, show what falls on the places of RelativeTime.places.",
                            name, shape);
                }
            });
        }
    }
}

package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.testkit.FusionStrategyContract;

/**
 * Strategies with the mistakes that authors make, each put to the whole kit as JUnit puts it: the tests that should find the mistake
 * find it and no others do, and what they say names it.
 */
final class BrokenStrategiesTest {
    private static final String ONE = "takesOneModality";
    private static final String THREE = "takesThreeModalities";
    private static final String WITHOUT_CUES = "takesModalitiesWithoutCues";

    @Test
    void findsABatchThatLeaksIntoAnAnswer() {
        Map<String, String> failures = failures(BatchLeakage.class);
        assertThat(failures).containsOnlyKeys("anUtteranceDoesNotDependOnItsBatchMates", THREE);
        assertThat(failures.get("anUtteranceDoesNotDependOnItsBatchMates"))
                .contains("The strategy answers [")
                .contains("differently for an utterance alone and among four others")
                .contains("along the batch, axis 0");
    }

    /** The gate is scaled by the largest of the batch. */
    static final class BatchLeakage extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            T score = linear(ops, in);
            T largest = ops.expand(ops.max(ops.multiply(score, score), 0), 0);
            return ops.sigmoid(ops.divide(score, ops.add(largest, ops.constant(1))));
        }
    }

    @Test
    void findsAMaskThatWasForgotten() {
        Map<String, String> failures = failures(ForgottenMask.class);
        assertThat(failures)
                .containsOnlyKeys("anUtteranceDoesNotDependOnItsBatchMates", "paddingDoesNotReachTheAnswer", THREE);
        assertThat(failures.get("paddingDoesNotReachTheAnswer"))
                .contains("padded by 7 more steps of random numbers")
                .contains("Multiply sequences by their mask, or use maskedMean, maskedSoftmax and lstm");
    }

    /** The gate reads the largest of all steps, also of those that are padding. */
    static final class ForgottenMask extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            T largest = ops.max(in.get(0).sequence().values(), 1);
            return ops.sigmoid(ops.linear("gate", largest, 1));
        }
    }

    @Test
    void findsASequenceThatIsReadWhereItIsMissing() {
        Map<String, String> failures = failures(ReadsWhatIsMissing.class);
        assertThat(failures.get("aMissingModalityDoesNotReachTheAnswer"))
                .contains("by what stands in the sequence of [audio] though that is missing")
                .contains("Multiply by the mask or by the presence");
    }

    /** Classifies the largest of all steps of all modalities, there or not. */
    static final class ReadsWhatIsMissing extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T largest = ops.concat(
                    1,
                    in.all().stream()
                            .map(modality -> ops.max(modality.sequence().values(), 1))
                            .toList());
            return Fused.of(ops.softmax(ops.linear("out", largest, in.labels().size()), -1));
        }
    }

    @Test
    void findsAnAnswerToSilenceThatIsNoNumber() {
        Map<String, String> failures = failures(NoNumberOnSilence.class);
        assertThat(failures.get("anUtteranceOfZerosGetsAnAnswer"))
                .contains("The strategy gives [")
                .contains("the value [NaN] on [")
                .contains("Something is divided by 0")
                .contains("keep it above with maximum");
        // A missing modality is silent, too: no test takes this for another mistake.
        assertThat(failures).hasSizeGreaterThan(3).allSatisfy((test, message) -> assertThat(message)
                .contains("[NaN]"));
    }

    /** The gate reads directions, of which 0 has none. */
    static final class NoNumberOnSilence extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            T pooled = in.get(0).pooled();
            T norm = ops.sqrt(ops.expand(ops.sum(ops.multiply(pooled, pooled), -1), -1));
            return ops.sigmoid(ops.linear("gate", ops.divide(pooled, norm), 1));
        }
    }

    @Test
    void findsTheLogarithmOfAProbabilityThatIsZero() {
        Map<String, String> failures = failures(EntropyGate.class);
        assertThat(failures.get("answersAreProbabilities"))
                .contains("The strategy gives [")
                .contains("the value [NaN] on [")
                .contains("or is the logarithm or root of what is not above 0");
        assertThat(failures(EntropyGateOfLogits.class)).isEmpty();
    }

    /** Trusts a modality the more, the less the entropy of its answer is. */
    static class EntropyGate extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            List<T> negativeEntropies = new ArrayList<>();
            for (ModalityView<T> view : in.all()) {
                T sum = ops.sum(ops.multiply(view.probabilities(), logarithms(ops, view)), -1);
                negativeEntropies.add(ops.expand(sum, -1));
            }
            return Fused.mixture(ops, in, ops.maskedSoftmax(ops.concat(1, negativeEntropies), in.presence(ops)));
        }

        <T> T logarithms(Ops<T> ops, ModalityView<T> view) {
            return ops.log(view.probabilities());
        }
    }

    static final class EntropyGateOfLogits extends EntropyGate {
        @Override
        <T> T logarithms(Ops<T> ops, ModalityView<T> view) {
            return view.logits();
        }
    }

    @Test
    void findsALambdaThatIsNotBetweenZeroAndOne() {
        Map<String, String> failures = failures(LambdaOutside.class);
        assertThat(failures.keySet()).contains("answersAreProbabilities", "weightsAreBetweenZeroAndOne");
        assertThat(failures.get("weightsAreBetweenZeroAndOne"))
                .contains("gives the [weight/")
                .contains(
                        "Weights are between 0 and 1: let a sigmoid or a softmax make them, or divide them by their sum");
        assertThat(failures.get("answersAreProbabilities"))
                .contains("answers with the probability [")
                .contains("with weights between 0 and 1, by a sigmoid or a softmax");
    }

    /** The sigmoid of eq. 13 was forgotten. */
    static final class LambdaOutside extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.multiply(linear(ops, in), ops.constant(3));
        }
    }

    @Test
    void findsAClassTooMany() {
        Map<String, String> failures = failures(ClassTooMany.class);
        assertThat(failures.keySet()).contains("answersAreProbabilities");
        assertThat(failures.get("answersAreProbabilities"))
                .contains("answers with the shape [N, 4] and not [N, 3]")
                .contains("one probability for each of the classes in in.labels()");
    }

    static final class ClassTooMany extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T scores = ops.linear("out", pooled(ops, in), in.labels().size() + 1);
            return Fused.of(ops.softmax(scores, -1));
        }
    }

    @Test
    void saysWithWhichSizesAStrategyCannotBeBuilt() {
        Map<String, String> failures = failures(WidthsTakenForEqual.class);
        assertThat(failures.get("backendsAgree"))
                .isEqualTo(
                        "The strategy cannot be built for the modalities {audio=4, text=5} (width of the encodings), their cues"
                                + " {audio=[loudness, f0-range, voiced], text=[tokens]} and the [3] classes [neutral, happy,"
                                + " sad]: The shapes [N, 4] and [N, 5] do not fit element by element.");
        assertThat(failures).doesNotContainKey(ONE);
    }

    /** All encodings are taken to be as wide as the first. */
    static final class WidthsTakenForEqual extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T sum = in.get(0).pooled();
            for (ModalityView<T> other : in.all().subList(1, in.size())) {
                sum = ops.add(sum, other.pooled());
            }
            return Fused.of(ops.softmax(ops.linear("out", sum, in.labels().size()), -1));
        }
    }

    @Test
    void findsAParameterThatIsNeverUsed() {
        Map<String, String> failures = failures(IdleParameter.class);
        assertThat(failures).containsOnlyKeys("everyParameterIsUsed");
        assertThat(failures.get("everyParameterIsUsed"))
                .contains("The strategy never learns the parameters [fusion/temperature]")
                .contains("Use them, leave them out");
    }

    static final class IdleParameter extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            T temperature = ops.parameter("temperature", Shape.of(1), Initializer.constant(1));
            return ops.sigmoid(ops.add(linear(ops, in), ops.multiply(temperature, ops.constant(0))));
        }
    }

    @Test
    void findsABiasThatASoftmaxDoesNotSee() {
        Map<String, String> failures = failures(BiasBeforeASoftmax.class);
        assertThat(failures).containsOnlyKeys("everyParameterIsUsed");
        assertThat(failures.get("everyParameterIsUsed"))
                .contains("The strategy never learns the parameters [fusion/score/bias]")
                .contains("nothing but rounding")
                .contains("a softmax does not see a bias that all its scores share");
    }

    /** Attends to the steps of the first modality by scores that have one bias. */
    static final class BiasBeforeASoftmax extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            Sequence<T> sequence = in.get(0).sequence();
            T steps = ops.multiply(sequence.values(), ops.expand(sequence.mask(), -1));
            T scores = ops.sum(ops.linear("score", steps, 1), -1);
            T attention = ops.maskedSoftmax(scores, sequence.mask());
            T attended = ops.sum(ops.multiply(steps, ops.expand(attention, -1)), 1);
            return Fused.of(ops.softmax(ops.linear("out", attended, in.labels().size()), -1));
        }
    }

    @Test
    void findsAGradientThatWasDetached() {
        Map<String, String> failures = failures(DetachedGate.class);
        assertThat(failures.get("everyParameterIsUsed"))
                .contains("never learns the parameters [fusion/gate/bias, fusion/gate/weight]")
                .contains("look for stopGradient");
        assertThat(failures.get("gradientsAgreeWithDifferences"))
                .contains("The gradient of the parameter [fusion/gate/")
                .contains("is wrong on the backend [torch]")
                .contains("Look for numbers that leave Ops, for stopGradient");
    }

    static final class DetachedGate extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.stopGradient(ops.sigmoid(linear(ops, in)));
        }
    }

    @Test
    void findsAGradientIntoAnEncoderThatIsNoNumber() {
        Map<String, String> failures = failures(NoSlopeWhereMissing.class);
        assertThat(failures).containsOnlyKeys("gradientsAgreeWithDifferences", THREE);
        assertThat(failures.get("gradientsAgreeWithDifferences"))
                .contains("The strategy gives the gradient of [input/audio.pooled] the value [NaN] on [torch]")
                .contains("The root of 0 has no slope")
                .contains("above 0 with maximum, also where a modality");
    }

    /** Directions of the encodings; the small number keeps the answer to what is missing a number, and not its slope. */
    static final class NoSlopeWhereMissing extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            List<T> directions = new ArrayList<>();
            for (ModalityView<T> modality : in.all()) {
                T pooled = modality.pooled();
                T norm = ops.sqrt(ops.expand(ops.sum(ops.multiply(pooled, pooled), -1), -1));
                directions.add(ops.divide(pooled, ops.add(norm, ops.constant(1e-6))));
            }
            T scores = ops.linear("out", ops.concat(1, directions), in.labels().size());
            return Fused.of(ops.softmax(scores, -1));
        }
    }

    @Test
    void findsAnAnswerThatIsNotTheSameTwice() {
        Map<String, String> failures = failures(RandomGate.class);
        assertThat(failures.get("theSameInputGivesTheSameBits"))
                .contains("gives other bits the second time on [")
                .contains("It must not draw random numbers");
    }

    static final class RandomGate extends GateContract {
        private final SplittableRandom random = new SplittableRandom(1);

        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(ops.add(linear(ops, in), ops.constant(random.nextDouble())));
        }
    }

    @Test
    void findsAMissingModalityThatCounts() {
        Map<String, String> failures = failures(MissingModalityCounts.class);
        assertThat(failures).containsOnlyKeys("aMissingModalityDoesNotReachTheAnswer", THREE);
        assertThat(failures.get("aMissingModalityDoesNotReachTheAnswer"))
                .contains(
                        "gives [audio] the weight [0.5000] where it is missing. A modality that is not there counts 0.");
    }

    /** Eq. 6 as it is printed. */
    static final class MissingModalityCounts extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T none = ops.multiply(in.presence(ops), ops.constant(0));
            return Fused.mixture(ops, in, ops.add(none, ops.constant(1.0 / in.size())));
        }
    }

    @Test
    void findsAWeightOfAModalityThatThereIsNot() {
        Map<String, String> failures = failures(WeightOfAVideo.class);
        assertThat(failures).containsOnlyKeys("weightsAreBetweenZeroAndOne", ONE, THREE);
        assertThat(failures.get("weightsAreBetweenZeroAndOne"))
                .contains("The strategy gives a weight to [video], which is none of the modalities [audio, text].")
                .contains("Weigh those of in.all()");
    }

    static final class WeightOfAVideo extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.mixture(ops, in, in.evenWeights(ops))
                    .weight(Modality.of("video"), in.get(0).presence());
        }
    }

    @Test
    void findsWeightsThatDoNotAddUp() {
        assertThat(failures(SumOfAnswers.class).get("answersAreProbabilities"))
                .contains("The strategy answers with the probability [1.");
        assertThat(failures(ScaledAnswers.class).get("answersAreProbabilities"))
                .contains("The strategy answers with numbers that are no probabilities: they add up to [0.9")
                .contains("Weights have to add up to 1 over the modalities that are present, or end in a softmax");
    }

    static final class SumOfAnswers extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T sum = ops.constant(0);
            for (ModalityView<T> modality : in.all()) {
                sum = ops.add(sum, modality.probabilities());
            }
            return Fused.of(sum);
        }
    }

    static final class ScaledAnswers extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(ops.multiply(in.get(0).probabilities(), ops.constant(0.9)));
        }
    }

    @Test
    void findsAStrategyOfTwoThatTakesAnyNumber() {
        Map<String, String> failures = failures(OfAudioAndText.class);
        assertThat(failures).containsOnlyKeys(ONE, THREE);
        assertThat(failures.get(ONE))
                .contains("cannot be built for the modalities {text=4}")
                .contains("There is no modality [audio]")
                .contains("Its check allows them: refuse them there with a KemoException, or take them in fuse");
    }

    /** It names its modalities and does not refuse others. */
    static final class OfAudioAndText extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            if (in.size() > 2) {
                throw new IllegalStateException("A face, too?");
            }
            ModalityView<T> audio = in.get("audio");
            ModalityView<T> text = in.get("text");
            T lambda = ops.divide(audio.presence(), ops.add(audio.presence(), text.presence()));
            T other = ops.subtract(ops.constant(1), lambda);
            return Fused.of(
                    ops.add(ops.multiply(lambda, audio.probabilities()), ops.multiply(other, text.probabilities())));
        }
    }

    @Test
    void findsACueOfAnotherModality() {
        Map<String, String> failures = failures(LoudnessOfText.class);
        assertThat(failures.keySet()).contains("answersAreProbabilities", ONE, THREE, WITHOUT_CUES);
        assertThat(failures.get("answersAreProbabilities"))
                .contains("cannot be built")
                .contains("their cues {audio=[loudness, f0-range, voiced], text=[tokens]}");
    }

    static final class LoudnessOfText extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(ops.linear("gate", in.get("text").cues().get("loudness"), 1));
        }
    }

    @Test
    void findsACueThatNothingAskedFor() {
        Map<String, String> failures = failures(LoudnessOfTheFirst.class);
        assertThat(failures).containsOnlyKeys(ONE, WITHOUT_CUES);
        assertThat(failures.get(WITHOUT_CUES))
                .contains("their cues {audio=[], text=[]}")
                .contains("Its check allows them: refuse them there with a KemoException, or take them in fuse");
    }

    /** Its check does not look whether there is a loudness. */
    static final class LoudnessOfTheFirst extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(ops.linear("gate", in.get(0).cues().get("loudness"), 1));
        }
    }

    @Test
    void findsADiagnosticThatIsNotForEachUtterance() {
        Map<String, String> failures = failures(DiagnosticOfTheBatch.class);
        assertThat(failures.get("diagnosticsAreForEachUtterance"))
                .contains("shows the [diagnostic/loudest] of the shape [4]")
                .contains("Reports read [N, k]: k numbers for each utterance");
    }

    static final class DiagnosticOfTheBatch extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.mixture(ops, in, in.evenWeights(ops))
                    .with("loudest", ops.max(in.get(0).pooled(), 0));
        }
    }

    @Test
    void findsADiagnosticThatIsAsLongAsTheLongestOfTheBatch() {
        Map<String, String> failures = failures(AttentionOfSteps.class);
        assertThat(failures).containsOnlyKeys("diagnosticsAreForEachUtterance");
        assertThat(failures.get("diagnosticsAreForEachUtterance"))
                .contains("shows the [diagnostic/attention] of the shape [N, T.audio]")
                .contains("as many in every batch")
                .contains("RelativeTime.places");
    }

    static final class AttentionOfSteps extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            Sequence<T> sequence = in.get(0).sequence();
            T steps = ops.multiply(sequence.values(), ops.expand(sequence.mask(), -1));
            return Fused.mixture(ops, in, in.evenWeights(ops))
                    .with("attention", ops.maskedSoftmax(ops.sum(steps, -1), sequence.mask()));
        }
    }

    @Test
    void findsAFittedValueThatIsNoParameter() {
        Map<String, String> failures = failures(FitsWhatItDoesNotUse.class);
        assertThat(failures).containsOnlyKeys("fittedValuesAreParameters");
        assertThat(failures.get("fittedValuesAreParameters"))
                .contains(
                        "fits [fusion/prior], and its parameters are []. Fit values of parameters that fuse asks for.");
    }

    static final class FitsWhatItDoesNotUse extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.mixture(ops, in, in.evenWeights(ops));
        }

        @Override
        public Map<String, FloatTensor> fit(FusionTrainingData data) {
            return Map.of("prior", data.distribution());
        }
    }

    @Test
    void findsALossThatIsNotOneNumber() {
        Map<String, String> failures = failures(LossOfEachUtterance.class);
        assertThat(failures).containsOnlyKeys("aLossIsOneNumber");
        assertThat(failures.get("aLossIsOneNumber"))
                .contains("has a loss of the shape [N, 1]")
                .contains("one number for the whole batch");
    }

    static final class LossOfEachUtterance extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(linear(ops, in));
        }

        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T gate = gate(ops, in);
            return super.fuse(ops, in).withLoss(ops.multiply(gate, gate));
        }
    }

    @Test
    void findsALossThatReadsPadding() {
        Map<String, String> failures = failures(LossOverPadding.class);
        assertThat(failures).containsOnlyKeys("paddingDoesNotReachTheAnswer", ONE, THREE);
        assertThat(failures.get("paddingDoesNotReachTheAnswer"))
                .contains("The strategy answers [loss] differently when a batch is padded by 7 more steps")
                .contains("use maskedMean, maskedSoftmax and lstm");
    }

    /** Its loss attends to all steps, of which those of padding are 0 and take their share. */
    static final class LossOverPadding extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(linear(ops, in));
        }

        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            Sequence<T> sequence = in.get(0).sequence();
            T steps = ops.multiply(sequence.values(), ops.expand(sequence.mask(), -1));
            T attention = ops.softmax(ops.sum(steps, -1), -1);
            T attended = ops.sum(ops.multiply(steps, ops.expand(attention, -1)), 1);
            T squares = ops.mean(ops.multiply(attended, attended), -1);
            return super.fuse(ops, in).withLoss(ops.mean(squares, 0));
        }
    }

    @Test
    void findsNothingInAStrategyThatKeepsItsPromises() {
        assertThat(failures(Sound.class)).isEmpty();
    }

    static final class Sound extends GateContract {
        @Override
        <T> T gate(Ops<T> ops, Modalities<T> in) {
            return ops.sigmoid(linear(ops, in));
        }
    }

    @Test
    void takesParametersThatAreCalledAsWhatItShows() {
        assertThat(failures(NamesOfItsOwn.class)).isEmpty();
    }

    /** A weight for each modality, and numbers to take away from it, whose names are those of outputs and of an input. */
    static final class NamesOfItsOwn extends Contract {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            List<T> scores = new ArrayList<>();
            for (ModalityView<T> view : in.all()) {
                T score = ops.parameter("weight/" + view.modality(), Shape.of(1), Initializer.constant(0));
                scores.add(ops.add(ops.multiply(view.presence(), ops.constant(0)), score));
            }
            int width = in.size();
            T answer = ops.parameter("probabilities", Shape.of(width), Initializer.constant(0));
            T input = ops.parameter(in.get(0).modality() + ".pooled", Shape.of(width), Initializer.constant(0));
            T all = ops.add(ops.concat(1, scores), ops.subtract(answer, input));
            return Fused.mixture(ops, in, ops.maskedSoftmax(all, in.presence(ops)));
        }
    }

    /** A strategy that is its own contract. */
    abstract static class Contract extends FusionStrategyContract implements FusionStrategy {
        @Override
        protected final FusionStrategy strategy() {
            return this;
        }

        static <T> T pooled(Ops<T> ops, Modalities<T> in) {
            return ops.concat(1, in.all().stream().map(ModalityView::pooled).toList());
        }
    }

    /** Gives the first modality the share that a gate says of the weight of those that are there, and the others the rest. */
    abstract static class GateContract extends Contract {
        abstract <T> T gate(Ops<T> ops, Modalities<T> in);

        static <T> T linear(Ops<T> ops, Modalities<T> in) {
            return ops.linear("gate", pooled(ops, in), 1);
        }

        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T gate = gate(ops, in);
            T rest = ops.subtract(ops.constant(1), gate);
            T weights = ops.constant(0);
            T presence = in.presence(ops);
            for (int m = 0; m < in.size(); m++) {
                FloatTensor place = FloatTensor.zeros(in.size());
                place.values()[m] = 1;
                weights = ops.add(weights, ops.multiply(m == 0 ? gate : rest, ops.constant(place)));
            }
            T present = ops.multiply(weights, presence);
            return Fused.mixture(ops, in, ops.divide(present, ops.expand(ops.sum(present, -1), -1)));
        }
    }

    /** What JUnit says when it runs a test class: the message of each test that fails. */
    private static Map<String, String> failures(Class<? extends FusionStrategyContract> strategy) {
        Map<String, String> failures = new LinkedHashMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(strategy)).execute().testEvents().failed().stream()
                .forEach(event -> failures.put(name(event), message(event)));
        return failures;
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName().replace("()", "");
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("");
    }
}

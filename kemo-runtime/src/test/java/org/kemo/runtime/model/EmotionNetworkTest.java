package org.kemo.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.onnx.OnnxBackend;
import org.kemo.runtime.pipeline.ModalityInput;

/**
 * Two modalities of two features whose encoder is their mean and whose classifier is worked out by hand: audio has the classes
 * happy, calm and sad, of which calm goes to sad; text has the model's own.
 */
class EmotionNetworkTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");
    private static final ModalityNetwork AUDIO_NETWORK = new ModalityNetwork(
            AUDIO,
            ElementType.FLOAT,
            2,
            List.of("loudness"),
            Optional.of(new Standardisation(new float[] {1, 2}, new float[] {2, 4})),
            new MeanEncoder(),
            0,
            LabelAlignment.of(LabelSpace.of("happy", "calm", "sad"), LABELS, Map.of("calm", "sad")));
    private static final ModalityNetwork TEXT_NETWORK = new ModalityNetwork(
            TEXT,
            ElementType.FLOAT,
            2,
            List.of(),
            Optional.empty(),
            new MeanEncoder(),
            0,
            LabelAlignment.of(LABELS, LABELS, Map.of()));
    private static final Map<String, FloatTensor> PARAMETERS = Map.of(
            "audio/classifier/weight", FloatTensor.of(new float[] {1, 0, -1, 0, 1, 0}, 2, 3),
            "audio/classifier/bias", FloatTensor.of(new float[] {0, 0.5f, 0}, 3),
            "text/classifier/weight", FloatTensor.of(new float[] {1, -1, 0, 2}, 2, 2),
            "text/classifier/bias", FloatTensor.of(new float[] {0.25f, 0}, 2));

    /** The mean over real steps. */
    private static final class MeanEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    /** Always two steps: the mean of what it reads and 1, and the mean and 2. */
    private static final class TwoStepsEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T mean = ops.maskedMean(input.values(), input.mask());
            T first = ops.expand(ops.add(mean, ops.constant(1)), 1);
            T second = ops.expand(ops.add(mean, ops.constant(2)), 1);
            T ones = ops.add(ops.multiply(mean, ops.constant(0)), ops.constant(1));
            return new Encoded<>(new Sequence<>(ops.concat(1, List.of(first, second)), ones), mean);
        }
    }

    /** The mean of the modalities that are there, with what a strategy sees of audio shown as diagnostics. */
    private static final class MeanOfThosePresent implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T presence = in.presence(ops);
            T weights = ops.divide(presence, ops.expand(ops.sum(presence, -1), -1));
            return Fused.mixture(ops, in, weights)
                    .with("pooled", in.get("audio").pooled())
                    .with("first", ops.max(in.get("audio").sequence().values(), 1))
                    .with("logits", in.get("audio").logits())
                    .with("loudness", in.get("audio").cues().get("loudness"));
        }
    }

    /** Shows what a strategy sees of the words. */
    private static final class ShowsTheWords implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            Sequence<T> words = in.get("text").sequence();
            T numbers = ops.expand(ops.cumulativeSum(words.mask(), -1), -1);
            return Fused.mixture(ops, in, in.presence(ops))
                    .with("pooled", in.get("text").pooled())
                    .with("mask", words.mask())
                    // The first once, the second twice, and so on.
                    .with("words", ops.sum(ops.multiply(words.values(), numbers), 1));
        }
    }

    @Test
    void standardisesEncodesClassifiesAndSumsTheProbabilitiesOfAlignedClasses() {
        // Frames (1, 2), (5, 10) are (0, 0), (2, 2) in units of the deviation, their mean (1, 1). Logits 1, 0 + 1 +
        // 0.5, -1.
        Map<String, FloatTensor> outputs =
                run(new EmotionNetwork(LABELS, List.of(AUDIO_NETWORK), Optional.empty()), List.of(sound(1, 2, 5, 10)));

        double[] exp = {Math.exp(1), Math.exp(1.5), Math.exp(-1)};
        double sum = exp[0] + exp[1] + exp[2];
        assertRow(outputs.get("audio.logits"), 0, 1, 1.5, -1);
        assertRow(outputs.get("audio.probabilities"), 0, exp[0] / sum, exp[1] / sum, exp[2] / sum);
        assertRow(outputs.get("audio.aligned"), 0, exp[0] / sum, (exp[1] + exp[2]) / sum);
    }

    @Test
    void answersWithItsOwnAlignedProbabilitiesWhereThereIsOneModality() {
        Map<String, FloatTensor> outputs =
                run(new EmotionNetwork(LABELS, List.of(AUDIO_NETWORK), Optional.empty()), List.of(sound(1, 2, 5, 10)));

        assertThat(outputs.get(EmotionNetwork.PROBABILITIES)).isEqualTo(outputs.get("audio.aligned"));
        assertRow(outputs.get("weight.audio"), 0, 1);
    }

    @Test
    void takesAMissingModalityForUniformAndFusesTheOther() {
        Map<String, FloatTensor> outputs = run(fused(), List.of(words(1, 0.5f), both(sound(1, 2), words(1, 0.5f))));

        assertRow(outputs.get("audio.probabilities"), 0, 1 / 3.0, 1 / 3.0, 1 / 3.0);
        assertRow(outputs.get("audio.aligned"), 0, 0.5, 0.5);
        assertRow(outputs.get("diagnostic.pooled"), 0, 0, 0);
        assertRow(outputs.get("diagnostic.logits"), 0, Math.log(0.5), Math.log(0.5));
        assertRow(outputs.get("diagnostic.loudness"), 0, 0);
        // Text (1, 0.5) has the logits 1.25, -1 + 1: alone in the first row, with half the weight in the second.
        double happy = 1 / (1 + Math.exp(-1.25));
        assertRow(outputs.get("probabilities"), 0, happy, 1 - happy);
        assertRow(outputs.get("weight.audio"), 0, 0);
        assertRow(outputs.get("weight.text"), 1, 0.5);
        double audio = outputs.get("audio.aligned").at(1, 0);
        assertRow(outputs.get("probabilities"), 1, (audio + happy) / 2, 1 - (audio + happy) / 2);
    }

    @Test
    void givesTheLossOfTheStrategyToTrainingAlone() {
        EmotionNetwork network =
                new EmotionNetwork(LABELS, List.of(AUDIO_NETWORK, TEXT_NETWORK), Optional.of(new FusionStrategy() {
                    @Override
                    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                        return new MeanOfThosePresent()
                                .fuse(ops, in)
                                .withLoss(ops.sum(ops.sum(in.presence(ops), -1), -1));
                    }
                }));
        Map<String, Tensor> inputs =
                Batch.inputs(network.modalities(), List.of(words(1, 0.5f), both(sound(1, 2), words(1, 0.5f))));
        Map<String, FloatTensor> inUse = new OnnxBackend().run(network, PARAMETERS, inputs);
        Map<String, FloatTensor> inTraining =
                new LinkedHashMap<>(new OnnxBackend().run(network.withLoss(), PARAMETERS, inputs));

        assertThat(inTraining.remove(EmotionNetwork.LOSS)).isEqualTo(FloatTensor.scalar(3));
        assertThat(inTraining).isEqualTo(inUse);
    }

    @Test
    void doesNotReadWhatStandsInThePlaceOfAMissingModality() {
        Map<String, Tensor> inputs = Batch.inputs(fused().modalities(), List.of(words(1, 0.5f)));
        Map<String, Tensor> rubbish = new LinkedHashMap<>(inputs);
        rubbish.put("audio.values", FloatTensor.of(new float[] {123, -456}, 1, 1, 2));
        rubbish.put("audio.cue.loudness", FloatTensor.of(new float[] {789}, 1, 1));

        Map<String, FloatTensor> clean = new OnnxBackend().run(fused(), PARAMETERS, inputs);
        Map<String, FloatTensor> dirty = new OnnxBackend().run(fused(), PARAMETERS, rubbish);
        // By value: 0 times a negative number is -0, which is another bit pattern and the same number.
        for (String output : List.of(
                "probabilities",
                "audio.probabilities",
                "audio.aligned",
                "diagnostic.pooled",
                "diagnostic.first",
                "diagnostic.loudness")) {
            assertThat(dirty.get(output).values())
                    .as(output)
                    .containsExactly(clean.get(output).values(), within(0f));
        }
    }

    @Test
    void padsToTheLongestAndMasksPaddingAndWhatIsMissing() {
        Map<String, Tensor> inputs = Batch.inputs(
                fused().modalities(), List.of(sound(1, 2), words(3, 4), both(sound(5, 6, 7, 8), words(9, 10))));

        assertThat(inputs.keySet())
                .containsExactly("audio.values", "audio.mask", "audio.cue.loudness", "text.values", "text.mask");
        assertThat(inputs.get("audio.values"))
                .isEqualTo(FloatTensor.of(new float[] {1, 2, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8}, 3, 2, 2));
        assertThat(inputs.get("audio.mask")).isEqualTo(FloatTensor.of(new float[] {1, 0, 0, 0, 1, 1}, 3, 2));
        assertThat(inputs.get("audio.cue.loudness")).isEqualTo(FloatTensor.of(new float[] {-20, 0, -20}, 3, 1));
        assertThat(inputs.get("text.values")).isEqualTo(FloatTensor.of(new float[] {0, 0, 3, 4, 9, 10}, 3, 1, 2));
        assertThat(inputs.get("text.mask")).isEqualTo(FloatTensor.of(new float[] {0, 1, 1}, 3, 1));
    }

    @Test
    void padsIdsToo() {
        ModalityNetwork ids = new ModalityNetwork(
                TEXT,
                ElementType.LONG,
                2,
                List.of("tokens"),
                Optional.empty(),
                new MeanEncoder(),
                0,
                LabelAlignment.of(LABELS, LABELS, Map.of()));
        Map<String, Tensor> inputs = Batch.inputs(
                List.of(ids),
                List.of(
                        Map.of(TEXT, new ModalityInput(LongTensor.of(new long[] {5, 6}, 1, 2), Map.of("tokens", 1f))),
                        Map.of(TEXT, new ModalityInput(LongTensor.of(new long[] {1, 2, 3, 4}, 2, 2), Map.of()))));

        assertThat(inputs.get("text.values")).isEqualTo(LongTensor.of(new long[] {5, 6, 0, 0, 1, 2, 3, 4}, 2, 2, 2));
        assertThat(inputs.get("text.mask")).isEqualTo(FloatTensor.of(new float[] {1, 0, 1, 1}, 2, 2));
        assertThat(inputs.get("text.cue.tokens")).isEqualTo(FloatTensor.of(new float[] {1, 0}, 2, 1));
    }

    @Test
    void givesAStrategyTheTokensWithoutThePooledVectorBeforeThem() {
        ModalityNetwork pretrained = pretrained(Optional.empty());
        // A pooled vector and three tokens, a pooled vector alone, and no words.
        Map<String, FloatTensor> outputs = run(
                new EmotionNetwork(LABELS, List.of(pretrained), Optional.of(new ShowsTheWords())),
                List.of(words(9, 8, 1, 2, 3, 4, 5, 6), words(7, 6), Map.of()));

        assertThat(outputs.get("diagnostic.mask").values())
                .containsExactly(new float[] {1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}, within(0f));
        assertRow(outputs.get("diagnostic.words"), 0, 1 + 2 * 3 + 3 * 5, 2 + 2 * 4 + 3 * 6);
        assertRow(outputs.get("diagnostic.words"), 1, 7, 6);
        assertRow(outputs.get("diagnostic.words"), 2, 0, 0);
        assertRow(outputs.get("diagnostic.pooled"), 0, 9, 8);
        assertRow(outputs.get("diagnostic.pooled"), 1, 7, 6);
        assertRow(outputs.get("diagnostic.pooled"), 2, 0, 0);
    }

    @Test
    void standardisesTheTokensApart() {
        Standardisation tokens = new Standardisation(new float[] {1, 2}, new float[] {2, 4});

        Map<String, FloatTensor> outputs = run(
                new EmotionNetwork(LABELS, List.of(pretrained(Optional.of(tokens))), Optional.of(new ShowsTheWords())),
                List.of(words(9, 8, 1, 2, 3, 6), words(9, 8, 5, -2)));

        // Tokens are (0, 0), (1, 1) and (2, -1) in those units; what is behind them stays 0.
        assertRow(outputs.get("diagnostic.words"), 0, 2, 2);
        assertRow(outputs.get("diagnostic.words"), 1, 2, -1);
        assertRow(outputs.get("diagnostic.pooled"), 0, 9, 8);
    }

    @Test
    void givesAStrategyTheCuesInTheirOrder() {
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "cue" + i).toList();
        Map<String, Float> cues = new LinkedHashMap<>();
        names.forEach(name -> cues.put(name, (float) cues.size()));
        FusionStrategy showing = new FusionStrategy() {
            @Override
            public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
                return Fused.mixture(ops, in, in.presence(ops))
                        .with("cues", ops.concat(1, List.copyOf(in.get(0).cues().values())));
            }
        };

        Map<String, FloatTensor> outputs = run(
                new EmotionNetwork(LABELS, List.of(text(names, new MeanEncoder())), Optional.of(showing)),
                List.of(Map.of(TEXT, new ModalityInput(FloatTensor.of(new float[] {1, 2}, 1, 2), cues))));

        assertRow(
                outputs.get("diagnostic.cues"),
                0,
                IntStream.range(0, 12).asDoubleStream().toArray());
    }

    @Test
    void masksTheStepsOfAnEncodersOwnWhereTheModalityIsMissing() {
        Map<String, FloatTensor> outputs = run(
                new EmotionNetwork(
                        LABELS, List.of(text(List.of(), new TwoStepsEncoder())), Optional.of(new ShowsTheWords())),
                List.of(words(1, 2), Map.of()));

        assertRow(outputs.get("diagnostic.mask"), 0, 1, 1);
        assertRow(outputs.get("diagnostic.words"), 0, 2 + 2 * 3, 3 + 2 * 4);
        assertRow(outputs.get("diagnostic.mask"), 1, 0, 0);
        assertRow(outputs.get("diagnostic.words"), 1, 0, 0);
    }

    @Test
    void refusesFeaturesOfAnotherWidthThanTheNetworkReads() {
        ModalityInput wide = new ModalityInput(FloatTensor.zeros(4, 3), Map.of());

        assertThatThrownBy(
                        () -> Batch.inputs(fused().modalities(), List.of(Map.of(TEXT, wide), words(1, 2, 3, 4, 5, 6))))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                .hasMessageContaining("[text] was given [3] features a frame, and its network reads [2]");
    }

    private static ModalityNetwork pretrained(Optional<Standardisation> tokens) {
        return text(List.of(), new PooledFirst(tokens));
    }

    private static ModalityNetwork text(List<String> cues, NetworkEncoder encoder) {
        return new ModalityNetwork(
                TEXT,
                ElementType.FLOAT,
                2,
                cues,
                Optional.empty(),
                encoder,
                0,
                LabelAlignment.of(LABELS, LABELS, Map.of()));
    }

    private static EmotionNetwork fused() {
        return new EmotionNetwork(LABELS, List.of(AUDIO_NETWORK, TEXT_NETWORK), Optional.of(new MeanOfThosePresent()));
    }

    private static Map<String, FloatTensor> run(EmotionNetwork network, List<Map<Modality, ModalityInput>> utterances) {
        return new OnnxBackend().run(network, PARAMETERS, Batch.inputs(network.modalities(), utterances));
    }

    private static Map<Modality, ModalityInput> sound(float... values) {
        return Map.of(AUDIO, new ModalityInput(FloatTensor.of(values, values.length / 2, 2), Map.of("loudness", -20f)));
    }

    private static Map<Modality, ModalityInput> words(float... values) {
        return Map.of(TEXT, new ModalityInput(FloatTensor.of(values, values.length / 2, 2), Map.of()));
    }

    private static Map<Modality, ModalityInput> both(
            Map<Modality, ModalityInput> sound, Map<Modality, ModalityInput> words) {
        return Map.of(AUDIO, sound.get(AUDIO), TEXT, words.get(TEXT));
    }

    private static void assertRow(FloatTensor tensor, int row, double... expected) {
        assertThat(tensor.size(1)).isEqualTo(expected.length);
        for (int c = 0; c < expected.length; c++) {
            assertThat((double) tensor.at(row, c)).as("column " + c).isCloseTo(expected[c], within(1e-6));
        }
    }
}

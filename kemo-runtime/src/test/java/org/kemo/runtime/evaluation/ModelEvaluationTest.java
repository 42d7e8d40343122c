package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.model.ModelCard;
import org.kemo.runtime.model.Prediction;
import org.kemo.runtime.onnx.OnnxNetwork;
import org.kemo.runtime.session.OnnxSessionPool;

class ModelEvaluationTest {
    private static final Modality TEXT = Modality.of("text");
    private static final List<String> LABELS = List.of("happy", "sad");
    private static final int WIDTH = 2;

    @TempDir
    private Path folder;

    @Test
    void answersInTheOrderOfTheDataThoughSimilarLengthsGoTogether() {
        Random random = new Random(1);
        List<Utterance> utterances = new ArrayList<>(IntStream.range(0, 70)
                .mapToObj(n -> said(n, features(random, 1 + random.nextInt(40)), LABELS.get(n % 2)))
                .toList());
        utterances.set(5, said(5, new Source.Features(FloatTensor.of(new float[] {Float.NaN, 0}, 1, WIDTH)), "sad"));
        utterances.set(40, said(40, features(random, 3), "hungry"));
        List<Long> progress = new ArrayList<>();

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new MeanEncoder())) {
            ModelEvaluation.Report report = evaluation(model).run(dataset(utterances), progress::add);

            List<Utterance> usable = utterances.stream()
                    .filter(each -> !List.of("5", "40").contains(each.id()))
                    .toList();
            assertThat(report.answers()).hasSameSizeAs(usable);
            for (int n = 0; n < usable.size(); n++) {
                Prediction answer = report.answers().get(n);
                Prediction alone = model.predict(usable.get(n));
                assertThat(answer.id()).isEqualTo(usable.get(n).id());
                assertThat(answer.probabilities().get("sad"))
                        .isCloseTo(alone.probabilities().get("sad"), within(1e-6));
                assertThat(report.truth().get(n))
                        .isEqualTo(LABELS.indexOf(usable.get(n).label().orElseThrow()));
            }
            assertThat(report.problems())
                    .hasSize(2)
                    .anySatisfy(each -> assertThat(each).startsWith("[5]").contains("NaN"));
            assertThat(progress).hasSize(utterances.size()).endsWith(70L);
        }
    }

    @Test
    void encodesTextsTogetherAndOnlyThoseThatAreScored() {
        List<Utterance> utterances = IntStream.range(0, 200)
                .mapToObj(n -> said(n, new Source.Text("a".repeat(1 + n % 7)), n % 10 == 3 ? "hungry" : "sad"))
                .toList();
        Letters letters = new Letters();

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, letters)) {
            ModelEvaluation.Report report = evaluation(model).run(dataset(utterances), done -> {});

            assertThat(report.answers()).hasSize(180);
            assertThat(report.problems()).hasSize(20);
            // Of each group the distinct ones, at once.
            assertThat(letters.calls).containsExactly(7, 7);
            assertThat(report.answers().get(0).probabilities())
                    .isEqualTo(report.answers().get(6).probabilities())
                    .isNotEqualTo(report.answers().get(1).probabilities());
        }
    }

    @Test
    void saysWhatWasPredictedInTheClassesThatAreScored() {
        List<Utterance> utterances = new ArrayList<>();
        Random random = new Random(2);
        for (int n = 0; n < 20; n++) {
            utterances.add(said(n, features(random, 3), List.of("glad", "sad").get(n % 2)));
        }

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new MeanEncoder(), List.of("sad", "glad"), Optional.empty())) {
            ModelEvaluation.Report report = new ModelEvaluation(
                            model, new ScoredLabels(Optional.of(TEXT), ScoredLabels.Labels.NATIVE))
                    .run(dataset(utterances), done -> {});

            assertThat(report.labels().labels()).containsExactly("sad", "glad");
            for (int n = 0; n < utterances.size(); n++) {
                Map<String, Double> own =
                        report.answers().get(n).modalities().get("text").own();
                String predicted = report.labels().label(report.predicted().get(n));
                assertThat(own.get(predicted)).isEqualTo(Collections.max(own.values()));
            }
            assertThat(report.predicted()).contains(0, 1);
        }
    }

    @Test
    void saysInOneSentenceWhyNothingIsLeftToScore() {
        Dataset left = new Dataset("said", List.of(), List.of(), List.of("a.txt:1: there is no label."));

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new MeanEncoder())) {
            assertThatThrownBy(() -> evaluation(model).run(left, done -> {}))
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("can be scored: a.txt:1: there is no label. Look at");
            assertThatThrownBy(() -> evaluation(model).run(dataset(List.of()), done -> {}))
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("can be scored: it is empty. Look at");
        }
    }

    @Test
    void namesThePluginThatBreaksOnAnUtteranceAndScoresTheOthers() {
        Letters breaking = new Letters() {
            @Override
            public List<Encoding> encode(List<Source> sources) {
                if (sources.contains(new Source.Text("b"))) {
                    throw new ArrayIndexOutOfBoundsException("Index 1 out of bounds for length 1");
                }
                return super.encode(sources);
            }
        };
        List<Utterance> utterances = List.of(
                said(0, new Source.Text("aa"), "sad"),
                said(1, new Source.Text("b"), "sad"),
                said(2, new Source.Text("a"), "happy"));

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, breaking)) {
            ModelEvaluation.Report report = evaluation(model).run(dataset(utterances), done -> {});

            assertThat(report.answers()).extracting(Prediction::id).containsExactly("0", "2");
            assertThat(report.problems())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "[1] The encoder [encoder] fails on a source: [java.lang.ArrayIndexOutOfBoundsException: Index 1"
                                    + " out of bounds for length 1]. Correct it");
            assertThatThrownBy(() -> model.predict(utterances.get(1)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining("The encoder [encoder] fails on a source")
                    .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
        }
    }

    @Test
    void namesTheEncoderThatMakesANegativeIdOfATextAndScoresTheOthers() {
        List<Utterance> utterances = List.of(
                said(0, new Source.Text("aa"), "sad"),
                said(1, new Source.Text("B"), "sad"),
                said(2, new Source.Text("a"), "happy"));

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new SmallLetters())) {
            ModelEvaluation.Report report = evaluation(model).run(dataset(utterances), done -> {});

            assertThat(report.answers()).extracting(Prediction::id).containsExactly("0", "2");
            assertThat(report.truth()).containsExactly(1, 0);
            assertThat(report.problems())
                    .singleElement()
                    .asString()
                    .startsWith("[1] The encoder [encoder] of the modality [text] fails on a text: It makes the id"
                            + " [-31] of it.");
        }
    }

    @Test
    void asksOnlyForTheAnswersOfTheModalityThatIsScored() {
        Dataset dataset = dataset(List.of(said(0, features(new Random(4), 3), "sad")));

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new MeanEncoder(), LABELS, Optional.of(new NoNumbers()))) {
            assertThat(new ModelEvaluation(model, new ScoredLabels(Optional.of(TEXT), ScoredLabels.Labels.ALIGNED))
                            .run(dataset, done -> {})
                            .answers())
                    .hasSize(1);
            assertThatThrownBy(() -> evaluation(model).run(dataset, done -> {}))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining("gives the utterance [0] numbers that are no probabilities");
        }
    }

    @Test
    void timesNothingWhereAPluginBreaksOnTheUtterance() {
        Utterance heard = new Utterance(
                "1",
                Map.of(TEXT, new Source.Text("a"), Modality.of("audio"), Source.AudioFile.of(folder.resolve("a.wav"))),
                Optional.of("sad"),
                Optional.empty(),
                Split.NONE);

        try (OnnxSessionPool pool = pool();
                EmotionModel model = model(pool, new Breaking())) {
            assertThat(evaluation(model).realTimeFactors(dataset(List.of(heard))))
                    .isEmpty();
        }
    }

    private static ModelEvaluation evaluation(EmotionModel model) {
        return new ModelEvaluation(model, ScoredLabels.fused());
    }

    private static OnnxSessionPool pool() {
        return new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
    }

    private static Dataset dataset(List<Utterance> utterances) {
        return new Dataset("said", utterances, List.of(), List.of());
    }

    private static Utterance said(int id, Source source, String label) {
        return new Utterance(
                Integer.toString(id), Map.of(TEXT, source), Optional.of(label), Optional.empty(), Split.NONE);
    }

    private static Source features(Random random, int steps) {
        float[] values = new float[steps * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Source.Features(FloatTensor.of(values, steps, WIDTH));
    }

    private EmotionModel model(OnnxSessionPool pool, Encoder encoder) {
        return model(pool, encoder, LABELS, Optional.empty());
    }

    /** @param own classes of the text */
    private EmotionModel model(
            OnnxSessionPool pool, Encoder encoder, List<String> own, Optional<FusionStrategy> fusion) {
        ModalityConfiguration text = new ModalityConfiguration(
                List.of(),
                List.of(),
                1,
                1000,
                List.of(),
                List.of(new Component<>("encoder", 1, "{}", encoder)),
                ModalityConfiguration.Join.CONCAT,
                0,
                own);
        Map<String, String> align = own.contains("glad") ? Map.of("glad", "happy") : Map.of();
        ModelAssembly assembly = new ModelAssembly(
                new KemoConfiguration(
                        1,
                        new LabelsConfiguration(LABELS, Map.of("text", align)),
                        Map.of("text", text),
                        fusion.map(strategy -> new Component<>("fusion", 1, "{}", strategy)),
                        Optional.empty()),
                new AudioReader());
        ModalityNetwork network = assembly.network(TEXT, WIDTH, Optional.empty());
        EmotionNetwork whole = new EmotionNetwork(assembly.labels(), List.of(network), fusion);
        Path file = folder.resolve("network.onnx");
        WholeFile.write(
                file,
                OnnxNetwork.of("test", "", whole, NetworkParameters.of(whole, Map.of(), 3))
                        .bytes());
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                Map.of("text", new ModelCard.ModalityCard(WIDTH, List.of(), Map.of(), assembly.pretrained(TEXT))),
                Map.of(),
                new ModelCard.ParameterCount(0, 0),
                Map.of(),
                new ModelCard.Provenance("test", 1, Map.of(), Map.of()));
        return new EmotionModel(assembly, card, folder, pool.lease(SessionRequest.of(file)));
    }

    private static final class MeanEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    /** Multiplies what the only modality says with what is no number. */
    private static final class NoNumbers implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(ops.multiply(in.get(0).probabilities(), ops.constant(Double.NaN)));
        }
    }

    /** Looks letters from a to z up in a table, and capital ones in rows before its first, which there are not. */
    private static final class SmallLetters implements TextNetworkEncoder {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public LongTensor tokenize(String text) {
            long[] ids = text.chars().map(letter -> letter - 'a').asLongStream().toArray();
            return LongTensor.of(ids, ids.length, 1);
        }

        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T table = ops.parameter("letters", Shape.of(26, WIDTH), Initializer.normal(1));
            T letters = ops.sum(ops.gather(table, input.values()), -2);
            return new Encoded<>(new Sequence<>(letters, input.mask()), ops.maskedMean(letters, input.mask()));
        }
    }

    /** Looks for a letter that is not there. */
    private static final class Breaking extends Letters {
        @Override
        public List<Encoding> encode(List<Source> sources) {
            throw new ArrayIndexOutOfBoundsException("Index 1 out of bounds for length 1");
        }
    }

    /** The number of letters; notes how many texts come at once. */
    private static class Letters implements PretrainedEncoder {
        private final List<Integer> calls = new ArrayList<>();

        @Override
        public Class<? extends Source> reads() {
            return Source.Text.class;
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public String fingerprint() {
            return "letters";
        }

        @Override
        public List<Encoding> encode(List<Source> sources) {
            calls.add(sources.size());
            return sources.stream()
                    .map(source -> {
                        float letters = ((Source.Text) source).text().length();
                        return new Encoding(
                                FloatTensor.zeros(0, WIDTH), FloatTensor.of(new float[] {letters, 1}, WIDTH));
                    })
                    .toList();
        }
    }
}

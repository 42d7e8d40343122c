package org.kemo.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.service.FeatureCache;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.audio.WavFile;
import org.kemo.runtime.cache.FileFeatureCache;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.onnx.OnnxNetwork;
import org.kemo.runtime.session.OnnxSessionPool;
import org.kemo.runtime.session.SessionStatistics;

class EmotionModelTest {
    private static final Modality AUDIO = Modality.of("audio");

    @TempDir
    private Path folder;

    /** What the card says of the audio's. */
    private Map<String, Integer> versions = Map.of();

    @Test
    void answersWithTheMeanOverTheSpeedsAtWhichAClipIsHeard() {
        Waveform clip = sweep();
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel plain = model(pool, List.of());
                EmotionModel augmented = model(pool, List.of(0.8, 1.25))) {
            List<Prediction> apart = new ArrayList<>(List.of(plain.predict(said(clip))));
            for (double speed : List.of(0.8, 1.25)) {
                apart.add(plain.predict(said(Perturbations.speed(speed).apply(clip))));
            }
            // Two side by side, so that the rows of one do not get among those of the other.
            List<Prediction> together = augmented.predict(List.of(
                    augmented.prepare(said(clip)),
                    augmented.prepare(said(Perturbations.gain(-6).apply(clip)))));

            Prediction mean = together.get(0);
            for (String label : List.of("happy", "sad")) {
                double expected = apart.stream()
                        .mapToDouble(each -> each.probabilities().get(label))
                        .average()
                        .orElseThrow();
                assertThat(mean.probabilities().get(label)).isCloseTo(expected, within(1e-6));
                assertThat(mean.modalities().get("audio").own().get(label)).isCloseTo(expected, within(1e-6));
            }
            assertThat(mean.probabilities()).isNotEqualTo(apart.get(0).probabilities());
            assertThat(together.get(1).probabilities()).isNotEqualTo(mean.probabilities());
            assertThat(mean.audioSeconds()).isEqualTo(clip.seconds());
            assertThat(mean.stages()).containsKeys("testTimeSpeeds", "network");
        }
    }

    /** At another speed a constant would ring at its ends, a dither would overshoot, and one sample would become two. */
    @Test
    void answersByTheWordsAloneWhereTheRecordingIsSilent() {
        int[] constant = new int[16_000];
        Arrays.fill(constant, 9830);
        Map<String, int[]> recordings = Map.of(
                "constant",
                constant,
                "dithered",
                new Random(1).ints(16_000, -1, 2).toArray(),
                "one",
                new int[] {16_000});
        FeatureCache cache = new FileFeatureCache(folder.resolve("cache"));
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel model = ofSoundAndWords(pool, List.of(0.9, 1.1))) {
            Prediction words = model.predict(model.utterance("words", Optional.empty(), Optional.of("so glad")));
            recordings.forEach((name, samples) -> {
                Path recording = WavFile.write(folder.resolve(name + ".wav"), WavFile.pcm16(16_000, samples));
                Utterance both = model.utterance(name, Optional.of(recording), Optional.of("so glad"));
                for (Optional<FeatureCache> kept : List.of(Optional.<FeatureCache>empty(), Optional.of(cache))) {
                    EmotionModel.Prepared prepared =
                            model.preparation(List.of(both), kept).apply(both);
                    Prediction answer = model.predict(List.of(prepared)).get(0);

                    assertThat(answer.missing()).as(name).containsExactly("audio");
                    assertThat(answer.probabilities()).as(name).isEqualTo(words.probabilities());
                    assertThat(answer.modalities()).as(name).isEqualTo(words.modalities());
                    assertThat(answer.modalities().get("text").weight()).isEqualTo(1);
                }
            });
        }
    }

    @Test
    void leavesOutASpeedAtWhichNothingIsLeftOfTheRecording() {
        Path click = WavFile.write(folder.resolve("click.wav"), WavFile.pcm16(16_000, 8000, -8000));
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel plain = ofSoundAndWords(pool, List.of());
                // One sample is left.
                EmotionModel fast = ofSoundAndWords(pool, List.of(4.0))) {
            Utterance both = plain.utterance("click", Optional.of(click), Optional.of("so glad"));

            assertThat(fast.prepare(both).views()).hasSize(1);
            assertThat(fast.predict(both).modalities())
                    .containsOnlyKeys("audio", "text")
                    .isEqualTo(plain.predict(both).modalities());
        }
    }

    @Test
    void refusesAPretrainedEncoderThatItWasNotTrainedOn() {
        try (OnnxSessionPool pool =
                new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory())) {
            assertThatThrownBy(() -> model(pool, List.of(), Optional.of("ab12")))
                    .hasMessageContaining("encoder [ab12] in the modality [audio], and finds [none]")
                    .hasMessageContaining("Where they are the same, train it again");
        }
    }

    @Test
    void namesItsFolderAndTheFilesOfAPretrainedEncoderThatHaveChanged() {
        ModalityConfiguration text =
                modality(List.of(), List.of(), "{\"model\":\"file:/models/mean\"}", new InAFolder(folder));
        try (OnnxSessionPool pool =
                new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory())) {
            assertThatThrownBy(() -> model(pool, "text", text, 1, Optional.of("cd34")))
                    .hasMessageStartingWith(
                            "The model [" + folder + "] was trained on vectors of the pretrained encoder"
                                    + " [cd34] in the modality [text], and finds [ab12] in [mean of file:/models/mean].");
        }
    }

    @Test
    void refusesAnotherVersionOfAComponentThanItWasTrainedWith() {
        try (OnnxSessionPool pool =
                new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory())) {
            versions = Map.of("crossings", 1);
            model(pool, List.of()).close();

            versions = Map.of("crossings", 2);
            assertThatThrownBy(() -> model(pool, List.of()))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining("The model [" + folder
                            + "] was trained with version [2] of [crossings] in the" + " modality [audio]")
                    .hasMessageContaining("this is [1]");
            assertThat(pool.statistics()).extracting(SessionStatistics::leases).containsExactly(0);
        }
    }

    @Test
    void givesItsSessionBackWhereAPretrainedEncoderCannotBeHad() throws IOException {
        Path files = folder.resolve("pretrained");
        ModalityConfiguration text = modality(List.of(), List.of(), new InAFolder(files));
        try (OnnxSessionPool pool =
                new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory())) {
            assertThatThrownBy(() -> model(pool, "text", text, 1, Optional.of("ab12")))
                    .hasMessageContaining("[" + files + "]");
            assertThat(pool.statistics()).extracting(SessionStatistics::leases).containsExactly(0);

            Files.createDirectory(files);
            try (EmotionModel model = model(pool, "text", text, 1, Optional.of("ab12"))) {
                assertThat(model.predict(new Utterance(
                                        "line",
                                        Map.of(Modality.of("text"), new Source.Text("so glad")),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Split.NONE))
                                .probabilities())
                        .containsOnlyKeys("happy", "sad");
                assertThat(pool.statistics())
                        .extracting(SessionStatistics::leases)
                        .containsExactly(1);
            }
            assertThat(pool.statistics()).extracting(SessionStatistics::leases).containsExactly(0);
        }
    }

    @Test
    void refusesWhatNoneOfItsModalitiesReads() throws IOException {
        Optional<Path> clip = Optional.of(folder.resolve("clip.wav"));
        Optional<String> words = Optional.of("so glad");
        ModalityConfiguration text = modality(List.of(), List.of(), new InAFolder(folder));
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel hears = model(pool, List.of())) {
            assertThat(hears.utterance("clip", clip, Optional.empty()).sources())
                    .containsOnlyKeys(AUDIO);
            assertRefused(() -> hears.utterance("clip", clip, words), "[audio] of the model reads words");
        }
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel reads = model(pool, "text", text, 1, Optional.of("ab12"))) {
            assertThat(reads.utterance("line", Optional.empty(), words).sources())
                    .containsOnlyKeys(Modality.of("text"));
            assertRefused(() -> reads.utterance("line", clip, words), "[text] of the model reads sound");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0.5, -1})
    void refusesAnswersThatAreNoProbabilities(double factor) {
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel model = fusing(pool, audio(List.of()), new Scaled(factor))) {
            Utterance clip = said(sweep());
            assertThatThrownBy(() -> model.predict(clip))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining(
                            "The fusion strategy [scaled] gives the utterance [clip] numbers that are no probabilities");
            assertThat(model.predict(List.of(model.prepare(clip)), Optional.of(AUDIO)))
                    .as("the own answers of the modality, which are sound")
                    .singleElement()
                    .satisfies(answer -> assertThat(
                                    answer.modalities().get("audio").own().values())
                            .allSatisfy(own -> assertThat(own).isBetween(0.0, 1.0)));
        }
    }

    @Test
    void namesTheEncoderWhereTheAnswerOfItsModalityIsNoNumber() {
        NetworkEncoder quotient = new NetworkEncoder() {
            @Override
            public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                T none = ops.multiply(ops.maskedMean(input.values(), input.mask()), ops.constant(0));
                return new Encoded<>(input, ops.divide(none, none));
            }
        };
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                EmotionModel model = fusing(pool, audio(List.of(), quotient), new Scaled(1))) {
            Utterance clip = said(sweep());
            assertThatThrownBy(() -> model.predict(clip))
                    .hasMessageContaining(
                            "The encoder [mean] of the modality [audio] gives the utterance [clip] numbers");
        }
    }

    private static void assertRefused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("None of the modalities " + what);
    }

    private EmotionModel model(OnnxSessionPool pool, List<Double> speeds) {
        return model(pool, speeds, Optional.empty());
    }

    private EmotionModel model(OnnxSessionPool pool, List<Double> speeds, Optional<String> pretrained) {
        return model(pool, "audio", audio(speeds), 2, pretrained);
    }

    /** Each counts as much as the other. */
    private EmotionModel ofSoundAndWords(OnnxSessionPool pool, List<Double> speeds) {
        return model(
                pool,
                Map.of("audio", audio(speeds), "text", modality(List.of(), List.of(), new InAFolder(folder))),
                Map.of("audio", card(2, Optional.empty()), "text", card(1, Optional.of("ab12"))),
                Optional.of(new Even()));
    }

    private EmotionModel fusing(OnnxSessionPool pool, ModalityConfiguration audio, FusionStrategy strategy) {
        return model(pool, Map.of("audio", audio), Map.of("audio", card(2, Optional.empty())), Optional.of(strategy));
    }

    private static ModalityConfiguration audio(List<Double> speeds) {
        return audio(speeds, new MeanEncoder());
    }

    private static ModalityConfiguration audio(List<Double> speeds, Encoder encoder) {
        return modality(
                List.of(new Component<FeatureExtractor>("crossings", 1, "{}", new Crossings())), speeds, encoder);
    }

    private static ModalityConfiguration modality(
            List<Component<FeatureExtractor>> features, List<Double> speeds, Encoder encoder) {
        return modality(features, speeds, "{}", encoder);
    }

    /** @param options of the encoder */
    private static ModalityConfiguration modality(
            List<Component<FeatureExtractor>> features, List<Double> speeds, String options, Encoder encoder) {
        return new ModalityConfiguration(
                List.of(),
                features,
                1,
                1000,
                speeds,
                List.of(new Component<>("mean", 1, options, encoder)),
                ModalityConfiguration.Join.CONCAT,
                0,
                List.of("happy", "sad"));
    }

    private EmotionModel model(
            OnnxSessionPool pool, String name, ModalityConfiguration modality, int width, Optional<String> pretrained) {
        return model(pool, Map.of(name, modality), Map.of(name, card(width, pretrained)), Optional.empty());
    }

    private ModelCard.ModalityCard card(int width, Optional<String> pretrained) {
        return new ModelCard.ModalityCard(width, List.of(), versions, pretrained);
    }

    private EmotionModel model(
            OnnxSessionPool pool,
            Map<String, ModalityConfiguration> modalities,
            Map<String, ModelCard.ModalityCard> cards,
            Optional<FusionStrategy> fusion) {
        KemoConfiguration configuration = new KemoConfiguration(
                1,
                new LabelsConfiguration(List.of("happy", "sad"), Map.of()),
                modalities,
                fusion.map(strategy -> new Component<>(strategy.toString(), 1, "{}", strategy)),
                Optional.empty());
        ModelAssembly assembly = new ModelAssembly(configuration, new AudioReader());
        List<ModalityNetwork> networks = assembly.modalities().stream()
                .map(modality -> {
                    int width = cards.get(modality.name()).width();
                    Standardisation standardisation = new Standardisation(
                            Arrays.copyOf(new float[] {0.2f, 0.1f}, width),
                            Arrays.copyOf(new float[] {0.1f, 0.1f}, width));
                    return assembly.network(modality, width, Optional.of(standardisation));
                })
                .toList();
        EmotionNetwork whole = new EmotionNetwork(assembly.labels(), networks, fusion);
        int speeds = modalities.values().stream()
                .mapToInt(modality -> modality.testTimeSpeeds().size())
                .sum();
        Path file = folder.resolve("network-" + speeds + ".onnx");
        WholeFile.write(
                file,
                OnnxNetwork.of("test", "", whole, NetworkParameters.of(whole, Map.of(), 3))
                        .bytes());
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                cards,
                Map.of(),
                new ModelCard.ParameterCount(0, 0),
                Map.of(),
                new ModelCard.Provenance("test", 1, Map.of(), Map.of()));
        return new EmotionModel(assembly, card, folder, pool.lease(SessionRequest.of(file)));
    }

    private static Utterance said(Waveform waveform) {
        return new Utterance(
                "clip", Map.of(AUDIO, new Source.Sound(waveform)), Optional.empty(), Optional.empty(), Split.NONE);
    }

    /** A second from 100 to 900 Hz, so that another speed is heard. */
    private static Waveform sweep() {
        float[] samples = new float[16000];
        for (int i = 0; i < samples.length; i++) {
            double t = i / 16000.0;
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * (100 * t + 400 * t * t)));
        }
        return new Waveform(samples, 16000);
    }

    /** For each 400 samples, or all of fewer, the share of those at which the sign changes, and their mean amplitude. */
    private static final class Crossings implements FeatureExtractor {
        @Override
        public int width() {
            return 2;
        }

        @Override
        public List<String> names() {
            return List.of("crossings", "amplitude");
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            float[] samples = waveform.samples();
            int frames = Math.max(1, samples.length / 400);
            float[] values = new float[2 * frames];
            for (int t = 0; t < frames; t++) {
                for (int i = 400 * t + 1; i < Math.min(400 * (t + 1), samples.length); i++) {
                    values[2 * t] += samples[i] * samples[i - 1] < 0 ? 1f / 400 : 0;
                    values[2 * t + 1] += Math.abs(samples[i]) / 400;
                }
            }
            return FeatureSequence.of(FloatTensor.of(values, frames, 2));
        }
    }

    /** The mean over real steps. */
    private static final class MeanEncoder implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }

    /** The mean of the answers of those that are there. */
    private static final class Even implements FusionStrategy {
        @Override
        public String toString() {
            return "even";
        }

        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.mixture(ops, in, in.evenWeights(ops));
        }
    }

    /** What the only modality says, times a number. */
    private record Scaled(double factor) implements FusionStrategy {
        @Override
        public String toString() {
            return "scaled";
        }

        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            return Fused.of(ops.multiply(in.get(0).probabilities(), ops.constant(factor)));
        }
    }

    /** The number of letters, as long as its files are there. */
    private record InAFolder(Path files) implements PretrainedEncoder {
        @Override
        public Class<? extends Source> reads() {
            return Source.Text.class;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public String fingerprint() {
            if (!Files.isDirectory(files)) {
                throw KemoException.plugin("The folder [" + files + "] is not there.", "Fetch it.");
            }
            return "ab12";
        }

        @Override
        public List<Encoding> encode(List<Source> sources) {
            return sources.stream()
                    .map(source -> new Encoding(
                            FloatTensor.zeros(0, 1),
                            FloatTensor.of(
                                    new float[] {((Source.Text) source).text().length()}, 1)))
                    .toList();
        }
    }
}

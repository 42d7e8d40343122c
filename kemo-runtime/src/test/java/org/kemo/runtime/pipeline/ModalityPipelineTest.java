package org.kemo.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Perturbations;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.cache.FileFeatureCache;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ComponentFailure;
import org.kemo.runtime.configuration.SampleModalities;

class ModalityPipelineTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Source.Sound SOUND =
            new Source.Sound(new Waveform(new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f}, 8000));

    @TempDir
    private Path folder;

    /** Frames of one sample each, of which it leaves out the last ones; the sample times 1, 2, .. width; its loudest as a cue. */
    private record Samples(int width, int leftOut) implements FeatureExtractor {
        @Override
        public List<String> names() {
            return IntStream.range(0, width).mapToObj(i -> "times" + (i + 1)).toList();
        }

        @Override
        public List<String> cues() {
            return List.of("peak" + width);
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            int frames = Math.max(1, waveform.samples().length - leftOut);
            float[] values = new float[frames * width];
            float peak = 0;
            for (int t = 0; t < frames; t++) {
                peak = Math.max(peak, waveform.samples()[t]);
                for (int d = 0; d < width; d++) {
                    values[t * width + d] = waveform.samples()[t] * (d + 1);
                }
            }
            return new FeatureSequence(FloatTensor.of(values, frames, width), Map.of("peak" + width, peak));
        }
    }

    /** The rate that it takes and the number of samples that it was given. */
    private record Rate(int rate) implements FeatureExtractor {
        @Override
        public OptionalInt sampleRate() {
            return OptionalInt.of(rate);
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public List<String> names() {
            return List.of("rate", "samples");
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            float[] values = {waveform.sampleRate(), waveform.samples().length};
            return new FeatureSequence(FloatTensor.of(values, 1, 2), Map.of());
        }
    }

    /** Finds the same in every clip, whatever it declares. */
    private record Given(int width, List<String> cues, FeatureSequence found) implements FeatureExtractor {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            return found;
        }
    }

    /** An id for each letter of the first 400. */
    private static class Letters implements TextNetworkEncoder {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public LongTensor tokenize(String text) {
            long[] ids = text.strip().chars().limit(400).asLongStream().toArray();
            return LongTensor.of(ids, ids.length, 1);
        }

        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            throw new AssertionError("The frozen steps run no network");
        }
    }

    private static final class Features implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            throw new AssertionError("The frozen steps run no network");
        }
    }

    @Test
    void joinsExtractorsFrameByFrameToTheShortest() {
        ModalityInput input = sound(1, 100, List.of(), new Samples(2, 0), new Samples(1, 2))
                .prepare(SOUND, new StageClock())
                .orElseThrow();

        assertValues(input, 3, 3, 0.1f, 0.2f, 0.1f, 0.2f, 0.4f, 0.2f, 0.3f, 0.6f, 0.3f);
        assertThat(input.cues()).isEqualTo(Map.of("peak2", 0.5f, "peak1", 0.3f));
    }

    @Test
    void repeatsTheLastFrameToFillTheLastStack() {
        ModalityPipeline pipeline = sound(3, 100, List.of(), new Samples(1, 0));

        assertValues(pipeline.prepare(SOUND, new StageClock()).orElseThrow(), 2, 3, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.5f);
        assertThat(pipeline.width()).contains(3);
    }

    @Test
    void cutsToTheMostFramesBeforeItStacks() {
        assertValues(
                sound(2, 3, List.of(), new Samples(1, 0))
                        .prepare(SOUND, new StageClock())
                        .orElseThrow(),
                2,
                2,
                0.1f,
                0.2f,
                0.3f,
                0.3f);
    }

    @Test
    void findsNothingInSoundOfWhichNothingIsLeft() {
        ModalityPipeline trimmed = sound(1, 9, List.of(waveform -> waveform.slice(0, 0)), new Samples(1, 0));

        assertThat(trimmed.prepare(SOUND, new StageClock())).isEmpty();
        assertThat(sound(1, 9, List.of(), new Samples(1, 0))
                        .prepare(new Source.Sound(new Waveform(new float[0], 8000)), new StageClock()))
                .isEmpty();
    }

    @Test
    void findsNothingInSilence() {
        float[] dithered = {0, 1 / 32768f, -1 / 32768f, 0};
        float[] direct = {0.25f, 0.25f, 0.25f};
        float[] one = {0.5f};
        float[] quiet = {0, 2 / 32768f, -1 / 32768f};
        ModalityPipeline pipeline = sound(1, 9, List.of(), new Samples(1, 0));

        assertThat(List.of(dithered, direct, one)).allSatisfy(silent -> assertThat(
                        pipeline.prepare(new Source.Sound(new Waveform(silent, 8000)), new StageClock()))
                .isEmpty());
        assertThat(pipeline.prepare(new Source.Sound(new Waveform(quiet, 8000)), new StageClock()))
                .isPresent();
    }

    @Test
    void findsNothingInAnEmptyTextAndBoundsALongOne() {
        assertThat(text().prepare(new Source.Text(""), new StageClock())).isEmpty();
        assertThat(text().prepare(new Source.Text(" \n\t "), new StageClock())).isEmpty();
        ModalityInput input = text().prepare(new Source.Text("ab".repeat(50_000)), new StageClock())
                .orElseThrow();

        assertThat(input.steps()).isEqualTo(400);
        assertThat(input.cues()).isEqualTo(Map.of("tokens", 400f));
    }

    @Test
    void refusesAnEncoderThatMakesANegativeIdOfAText() {
        Encoder negative = new Letters() {
            @Override
            public LongTensor tokenize(String text) {
                return LongTensor.of(new long[] {1, -1}, 2, 1);
            }
        };
        ModalityPipeline pipeline = pipeline(Modality.of("text"), List.of(), List.of(), 1, 9, negative);

        assertThatThrownBy(() -> pipeline.prepare(new Source.Text("Hello"), new StageClock()))
                .isInstanceOfSatisfying(
                        ComponentFailure.class,
                        failure -> assertThat(failure.words().category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(
                        "The encoder [encoder] of the modality [text] fails on a text: It makes the id [-1] of it.");
    }

    @Test
    void refusesASourceThatTheModalityDoesNotRead() {
        ModalityPipeline audio = sound(1, 9, List.of(), new Samples(1, 0));

        assertRefused(() -> audio.prepare(new Source.Text("Hello"), new StageClock()), "[audio] was given a text");
        assertRefused(() -> text().prepare(SOUND, new StageClock()), "[text] was given sound");
        assertRefused(
                () -> text().prepare(new Source.Features(FloatTensor.zeros(2, 1)), new StageClock()),
                "[text] was given features");
        assertRefused(() -> ready().prepare(SOUND, new StageClock()), "[audio] was given sound");
    }

    @Test
    void refusesStepsForSoundBesideAnEncoderOfText() {
        List<Component<FeatureExtractor>> features = List.of(new Component<>("samples", 1, "{}", new Samples(1, 0)));

        assertThatThrownBy(() -> pipeline(AUDIO, List.of(), features, 1, 9, new Letters()))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining(
                        "The encoder [encoder] reads text, and beside it stands [features], which is for sound.");
        assertThatThrownBy(() -> pipeline(
                        AUDIO,
                        List.of(new Component<>("same", 1, "{}", sound -> sound)),
                        List.of(),
                        1,
                        9,
                        new Letters()))
                .hasMessageContaining("beside it stands [preprocess]");
        assertThat(text().withFeatures(features).medium()).isEqualTo(ModalityPipeline.Medium.TEXT);
        assertThat(ready().withFeatures(features).medium()).isEqualTo(ModalityPipeline.Medium.FEATURES);
    }

    @Test
    void refusesTwoExtractorsThatGiveOneCue() {
        List<Component<FeatureExtractor>> features = List.of(
                new Component<>("samples", 1, "{}", new Samples(2, 0)),
                new Component<>("later-samples", 1, "{}", new Samples(2, 1)));

        assertRefused(
                () -> pipeline(AUDIO, List.of(), features, 1, 9, new Features()),
                KemoException.Category.CONFIGURATION,
                "The feature extractors [samples] and [later-samples] both give the cue [peak2].");
    }

    @Test
    void takesFeaturesThatWereComputedElsewhere() {
        FloatTensor values = FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2);

        assertThat(ready().medium()).isEqualTo(ModalityPipeline.Medium.FEATURES);
        assertThat(ready().prepare(new Source.Features(values), new StageClock()))
                .contains(new ModalityInput(values, Map.of()));
        assertThat(ready().prepare(new Source.Features(FloatTensor.zeros(0, 2)), new StageClock()))
                .isEmpty();
    }

    @Test
    void refusesFeaturesThatAreNoFramesOfFiniteNumbers() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            FloatTensor values = FloatTensor.of(new float[] {1, wrong}, 1, 2);
            assertRefused(() -> ready().prepare(new Source.Features(values), new StageClock()), "hold [" + wrong + "]");
        }
        assertRefused(() -> ready().prepare(new Source.Features(FloatTensor.zeros(3)), new StageClock()), "[3]");
        assertRefused(() -> ready().prepare(new Source.Features(FloatTensor.zeros(3, 0)), new StageClock()), "[3, 0]");
    }

    @Test
    void givesTheSameFromTheCacheAsWithoutItCuesAndAll() throws IOException {
        Path clip = clip("clip.wav", 1000, 2000, 3000, 4000, 5000);
        ModalityPipeline pipeline = sound(2, 4, List.of(), new Samples(2, 0), new Samples(1, 1));
        Optional<ModalityInput> direct = pipeline.prepare(Source.AudioFile.of(clip), new StageClock());
        FileFeatureCache cache = new FileFeatureCache(folder.resolve("cache"));

        assertThat(direct.orElseThrow().cues()).hasSize(2);
        assertThat(pipeline.prepare(Source.AudioFile.of(clip), cache)).isEqualTo(direct);
        assertThat(pipeline.prepare(Source.AudioFile.of(clip), cache)).isEqualTo(direct);
        assertThat(cache.computed()).isEqualTo(2);
    }

    @Test
    void sharesAnExtractorsResultsWithAllThatUseItAfterTheSameSteps() throws IOException {
        Source.AudioFile clip = Source.AudioFile.of(clip("clip.wav", 1000, 2000, 3000, 4000));
        FileFeatureCache cache = new FileFeatureCache(folder.resolve("cache"));
        sound(1, 9, List.of(), new Samples(1, 0), new Samples(2, 0)).prepare(clip, cache);
        sound(2, 3, List.of(), new Samples(2, 0)).prepare(clip, cache);
        assertThat(cache.computed()).isEqualTo(2);

        sound(1, 9, List.of(waveform -> waveform), new Samples(1, 0)).prepare(clip, cache);
        assertThat(cache.computed()).isEqualTo(3);
    }

    @Test
    void keepsApartInTheCacheWhatDiffersInSoundOrExtractor() throws IOException {
        Source.AudioFile clip = Source.AudioFile.of(clip("clip.wav", 1000, 2000, 3000, 4000));
        FileFeatureCache cache = new FileFeatureCache(folder.resolve("cache"));
        sound(1, 9, List.of(), new Samples(1, 0)).prepare(clip, cache);
        sound(1, 9, List.of(), new Samples(2, 0)).prepare(clip, cache);
        sound(1, 9, List.of(), new Samples(1, 0)).prepare(clip.then(Perturbations.gain(-6)), cache);
        sound(1, 9, List.of(), new Samples(1, 0))
                .prepare(Source.AudioFile.of(clip("other.wav", 1000, 2000, 3000, 4001)), cache);
        assertThat(cache.computed()).isEqualTo(4);

        sound(1, 9, List.of(), new Samples(1, 0))
                .prepare(Source.AudioFile.of(clip("copy.wav", 1000, 2000, 3000, 4000)), cache);
        assertThat(cache.computed()).isEqualTo(4);
    }

    @Test
    void remembersInTheCacheThatThereIsNothingInAClip() throws IOException {
        ModalityPipeline pipeline = sound(1, 9, List.of(waveform -> waveform.slice(0, 0)), new Samples(1, 0));
        Source.AudioFile clip = Source.AudioFile.of(clip("clip.wav", 1000));
        FileFeatureCache cache = new FileFeatureCache(folder.resolve("cache"));

        assertThat(pipeline.prepare(clip, cache)).isEmpty();
        assertThat(pipeline.prepare(clip, cache)).isEmpty();
        assertThat(cache.computed()).isEqualTo(1);
    }

    @Test
    void refusesAnExtractorThatGivesAnotherWidthOrOtherCuesThanItDeclares() throws IOException {
        FeatureSequence found = new FeatureSequence(FloatTensor.zeros(2, 26), Map.of("loudness", 1f));

        assertRefusedWithAndWithoutACache(
                new Given(13, List.of("loudness"), found),
                KemoException.Category.PLUGIN,
                "The feature extractor [samples] gives [26] features a frame, and declares [13].");
        assertRefusedWithAndWithoutACache(
                new Given(26, List.of("voiced"), found),
                KemoException.Category.PLUGIN,
                "The feature extractor [samples] gives the cues [loudness], and declares [voiced].");
        assertRefusedWithAndWithoutACache(
                new Given(26, List.of(), found),
                KemoException.Category.PLUGIN,
                "gives the cues [loudness], and declares [].");
    }

    @Test
    void refusesAClipInWhichAnExtractorFindsWhatIsNoFiniteNumber() throws IOException {
        for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            FloatTensor values = FloatTensor.of(new float[] {1, 2, 3, wrong}, 2, 2);
            assertRefusedWithAndWithoutACache(
                    new Given(2, List.of(), FeatureSequence.of(values)),
                    KemoException.Category.INPUT,
                    "The feature extractor [samples] gives features that hold [" + wrong + "].");
            assertRefusedWithAndWithoutACache(
                    new Given(1, List.of("f0"), new FeatureSequence(FloatTensor.zeros(1, 1), Map.of("f0", wrong))),
                    KemoException.Category.INPUT,
                    "The feature extractor [samples] gives the cue [f0] as [" + wrong + "].");
        }
    }

    @Test
    void namesTheComponentThatBreaksOnASource() {
        AudioPreprocessor preprocessor = waveform -> {
            throw new IllegalStateException("too loud");
        };
        TextNetworkEncoder encoder = new TextNetworkEncoder() {
            @Override
            public int width() {
                return 1;
            }

            @Override
            public LongTensor tokenize(String text) {
                throw new StringIndexOutOfBoundsException("index -1");
            }

            @Override
            public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
                throw new AssertionError("The frozen steps run no network");
            }
        };

        assertBroken(
                sound(1, 9, List.of(preprocessor), new Samples(1, 0)),
                SOUND,
                "The preprocessor [step0] fails on a sound: [java.lang.IllegalStateException: too loud].");
        assertBroken(
                sound(1, 9, List.of(), new Given(1, List.of(), null)),
                SOUND,
                "The feature extractor [samples] fails on a sound: [java.lang.NullPointerException: it gives null].");
        assertBroken(
                pipeline(Modality.of("text"), List.of(), List.of(), 1, 9, encoder),
                new Source.Text("so glad"),
                "The encoder [encoder] of the modality [text] fails on a text: [java.lang.StringIndexOutOfBoundsException: index -1].");
    }

    private static void assertBroken(ModalityPipeline pipeline, Source source, String what) {
        assertThatThrownBy(() -> pipeline.prepare(source, new StageClock()))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageStartingWith(what);
    }

    @Test
    void givesCuesInTheOrderInWhichTheirExtractorsDeclareThem() throws IOException {
        List<String> first = IntStream.range(0, 12).mapToObj(i -> "first" + i).toList();
        List<String> second = IntStream.range(0, 12).mapToObj(i -> "second" + i).toList();
        ModalityPipeline pipeline = sound(1, 9, List.of(), backwards(first), backwards(second));
        Source.AudioFile clip = Source.AudioFile.of(clip("clip.wav", 1000, 2000, 3000));
        FileFeatureCache cache = new FileFeatureCache(folder.resolve("cache"));

        for (Optional<ModalityInput> input :
                List.of(pipeline.prepare(clip, new StageClock()), pipeline.prepare(clip, cache))) {
            assertThat(input.orElseThrow().cues().keySet())
                    .containsExactlyElementsOf(
                            Stream.concat(first.stream(), second.stream()).toList());
        }
    }

    /** Gives the cues from the last to the first. */
    private static FeatureExtractor backwards(List<String> cues) {
        Map<String, Float> found = new LinkedHashMap<>();
        for (int i = cues.size() - 1; i >= 0; i--) {
            found.put(cues.get(i), (float) i);
        }
        return new Given(1, cues, new FeatureSequence(FloatTensor.zeros(1, 1), found));
    }

    private void assertRefusedWithAndWithoutACache(
            FeatureExtractor extractor, KemoException.Category category, String what) throws IOException {
        ModalityPipeline pipeline = sound(1, 9, List.of(), extractor);
        Source.AudioFile clip = Source.AudioFile.of(clip("clip.wav", 1000, 2000, 3000));

        assertRefused(() -> pipeline.prepare(clip, new StageClock()), category, what);
        assertRefused(() -> pipeline.prepare(clip, new FileFeatureCache(folder.resolve("cache"))), category, what);
    }

    @Test
    void saysWhichFileIsNotThere() {
        Source.AudioFile absent = Source.AudioFile.of(folder.resolve("absent.wav"));
        ModalityPipeline pipeline = sound(1, 9, List.of(), new Samples(1, 0));

        assertRefused(() -> pipeline.prepare(absent, new StageClock()), "absent.wav");
        assertRefused(() -> pipeline.prepare(absent, new FileFeatureCache(folder)), "absent.wav");
    }

    @Test
    void bringsSoundToTheRateThatEachExtractorTakes() throws IOException {
        ModalityPipeline pipeline = sound(
                1, 9, List.of(waveform -> waveform.slice(1, 5)), new Rate(16_000), new Samples(1, 0), new Rate(8000));
        StageClock clock = new StageClock();

        assertValues(pipeline.prepare(SOUND, clock).orElseThrow(), 1, 5, 16_000, 8, 0.2f, 8000, 4);
        assertThat(clock.seconds().keySet()).containsExactly("step0", "resample", "samples");
        assertValues(
                pipeline.prepare(
                                Source.AudioFile.of(clip("clip.wav", 1, 2, 3, 4, 5)),
                                new FileFeatureCache(folder.resolve("cache")))
                        .orElseThrow(),
                1,
                5,
                16_000,
                8,
                2 / 32768f,
                8000,
                4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 22_050, 44_100, 48_000, 384_000})
    void hearsTheSameAtEveryRate(int rate) {
        float[] samples = new float[rate];
        for (int n = 0; n < rate; n++) {
            samples[n] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * n / rate));
        }

        ModalityInput input = sound(1, 16_000, List.of(), new AtSixteenKilohertz())
                .prepare(new Source.Sound(new Waveform(samples, rate)), new StageClock())
                .orElseThrow();

        assertThat(input.values().shape()).containsExactly(16_000, 1);
        for (int n = 1000; n < 15_000; n++) {
            assertThat(((FloatTensor) input.values()).at(n, 0))
                    .isEqualTo((float) (0.5 * Math.sin(2 * Math.PI * 440 * n / 16_000)), offset(1e-4f));
        }
    }

    /** Samples as they are, at one rate. */
    private static final class AtSixteenKilohertz implements FeatureExtractor {
        @Override
        public OptionalInt sampleRate() {
            return OptionalInt.of(16_000);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> names() {
            return List.of("sample");
        }

        @Override
        public FeatureSequence extract(Waveform waveform) {
            return new FeatureSequence(FloatTensor.of(waveform.samples(), waveform.samples().length, 1), Map.of());
        }
    }

    @Test
    void tellsTheSecondsOfEachStepByItsName() {
        StageClock clock = new StageClock();
        sound(1, 9, List.of(waveform -> waveform), new Samples(1, 0)).prepare(SOUND, clock);

        assertThat(clock.seconds().keySet()).containsExactly("step0", "samples");
        assertThat(clock.total()).isPositive();
    }

    @Test
    void namesTheVersionsOfWhatComesBeforeTheNetwork() {
        ModalityPipeline pipeline = pipeline(
                AUDIO,
                List.of(new Component<AudioPreprocessor>("louder", 3, "{}", waveform -> waveform)),
                List.of(new Component<FeatureExtractor>("samples", 2, "{}", new Samples(1, 0))),
                1,
                9,
                new Features());

        assertThat(pipeline.versions()).isEqualTo(Map.of("louder", 3, "samples", 2));
        assertThat(text().versions()).isEqualTo(Map.of("encoder", 1));
        assertThat(ready().versions()).isEmpty();
    }

    private static ModalityPipeline sound(
            int stackFrames, int maxFrames, List<AudioPreprocessor> preprocess, FeatureExtractor... extractors) {
        List<Component<AudioPreprocessor>> steps = IntStream.range(0, preprocess.size())
                .mapToObj(i -> new Component<>("step" + i, 1, "{}", preprocess.get(i)))
                .toList();
        List<Component<FeatureExtractor>> features = Arrays.stream(extractors)
                .map(each -> new Component<>("samples", 1, each.toString(), each))
                .toList();
        return pipeline(AUDIO, steps, features, stackFrames, maxFrames, new Features());
    }

    private static ModalityPipeline ready() {
        return pipeline(AUDIO, List.of(), List.of(), 1, 9, new Features());
    }

    private static ModalityPipeline text() {
        return pipeline(Modality.of("text"), List.of(), List.of(), 1, 9, new Letters());
    }

    private static ModalityPipeline pipeline(
            Modality modality,
            List<Component<AudioPreprocessor>> preprocess,
            List<Component<FeatureExtractor>> features,
            int stackFrames,
            int maxFrames,
            Encoder encoder) {
        return new ModalityPipeline(
                modality,
                SampleModalities.of(preprocess, features, stackFrames, maxFrames, encoder),
                new AudioReader());
    }

    /** A WAV file of 16-bit mono. */
    private Path clip(String name, int... samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        bytes.putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (int sample : samples) {
            bytes.putShort((short) sample);
        }
        return Files.write(folder.resolve(name), bytes.array());
    }

    private static void assertRefused(ThrowingCallable call, String what) {
        assertRefused(call, KemoException.Category.INPUT, what);
    }

    private static void assertRefused(ThrowingCallable call, KemoException.Category category, String what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(category))
                .hasMessageContaining(what);
    }

    private static void assertValues(ModalityInput input, int steps, int width, float... expected) {
        assertThat(input.values().shape()).containsExactly(steps, width);
        assertThat(((FloatTensor) input.values()).values()).containsExactly(expected);
    }
}

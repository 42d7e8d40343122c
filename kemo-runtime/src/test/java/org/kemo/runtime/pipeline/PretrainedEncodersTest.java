package org.kemo.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.cache.FileFeatureCache;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration.Join;

/** One pretrained encoder, or several side by side. */
class PretrainedEncodersTest {
    private static final Source.Text WORDS = new Source.Text("so very glad");
    private static final Letters THREE = new Letters(3, 0, Source.Text.class, Optional.empty());
    private static final Letters TWO = new Letters(2, 0, Source.Text.class, Optional.empty());
    private static final Letters TENFOLD = new Letters(3, 0, Source.Text.class, Optional.empty()) {
        @Override
        float scale() {
            return 10;
        }
    };

    @TempDir
    private Path folder;

    @Test
    void putsVectorsOneBehindTheOther() {
        ModalityPipeline pipeline = pipeline(Join.CONCAT, THREE, TWO);

        assertThat(pipeline.width()).contains(5);
        assertThat(vector(pipeline)).containsExactly(12, 24, 36, 12, 24);
        assertThat(pipeline.prepare(WORDS, new StageClock()).orElseThrow().cues())
                .containsEntry("tokens", 3f);
    }

    @Test
    void averagesVectorsOfOneWidth() {
        ModalityPipeline pipeline = pipeline(Join.AVERAGE, THREE, TENFOLD);

        assertThat(pipeline.width()).contains(3);
        assertThat(vector(pipeline)).containsExactly(66, 132, 198);
    }

    @Test
    void doesNotAverageVectorsOfDifferentWidths() {
        ModalityPipeline pipeline = pipeline(Join.AVERAGE, THREE, TWO);

        assertRefused(pipeline::width, "modality [text]", "[letters0 3, letters1 2]");
        assertRefused(() -> vector(pipeline), "[letters0 3, letters1 2]");
    }

    @Test
    void keepsWhatEachGivesByItself() {
        FileFeatureCache cache = new FileFeatureCache(folder);
        pipeline(Join.CONCAT, THREE).prepare(WORDS, cache);
        assertThat(cache.computed()).isEqualTo(1);

        ModalityInput both =
                pipeline(Join.CONCAT, THREE, TWO).prepare(WORDS, cache).orElseThrow();
        assertThat(cache.computed()).isEqualTo(2);
        assertThat(both)
                .isEqualTo(pipeline(Join.CONCAT, THREE, TWO)
                        .prepare(WORDS, new StageClock())
                        .orElseThrow());

        pipeline(Join.CONCAT, THREE, TWO).prepare(WORDS, cache);
        assertThat(cache.computed()).isEqualTo(2);
    }

    @Test
    void keepsApartWhatHasOtherOptionsOrOtherWeights() {
        FileFeatureCache cache = new FileFeatureCache(folder);
        Letters otherWeights = new Letters(3, 0, Source.Text.class, Optional.empty()) {
            @Override
            public String fingerprint() {
                return "other";
            }
        };
        pipeline(new Component<>("letters", 1, "{}", THREE)).prepare(WORDS, cache);
        pipeline(new Component<>("letters", 1, "{}", THREE)).prepare(WORDS, cache);
        assertThat(cache.computed()).isEqualTo(1);

        pipeline(new Component<>("letters", 1, "{\"tune\":1}", THREE)).prepare(WORDS, cache);
        assertThat(cache.computed()).isEqualTo(2);

        pipeline(new Component<>("letters", 1, "{}", otherWeights)).prepare(WORDS, cache);
        assertThat(cache.computed()).isEqualTo(3);
    }

    @Test
    void standsForTheWeightsOfAll() {
        assertThat(pipeline(Join.CONCAT, THREE, TWO).pretrained().orElseThrow().fingerprint())
                .isEqualTo("width3 width2");
        assertThat(pipeline(Join.CONCAT, TWO).pretrained().orElseThrow().fingerprint())
                .isEqualTo("width2");
    }

    @Test
    void namesTheModelsOfThoseWhoseOptionsNameOne() {
        String options = "{\"model\":\"file:/models/three\",\"maxTokens\":8}";
        List<Component<Encoder>> encoders =
                List.of(new Component<>("letters", 1, options, THREE), new Component<>("others", 1, "{}", TWO));

        assertThat(pipeline(Join.CONCAT, encoders).pretrained().orElseThrow().named())
                .containsExactly("letters of file:/models/three", "others");
    }

    @Test
    void refusesWhatHasNoSingleVector() {
        Letters tokens = new Letters(3, 2, Source.Text.class, Optional.empty());
        Letters tuned = new Letters(3, 2, Source.Text.class, Optional.of(new Mean()));

        assertRefused(() -> vector(pipeline(Join.CONCAT, THREE, tokens)), "[letters1]", "every token");
        assertRefused(() -> vector(pipeline(Join.CONCAT, tuned, THREE)), "[letters0]", "layers further");
        assertRefused(
                () -> pipeline(Join.CONCAT, THREE, tuned)
                        .pretrained()
                        .orElseThrow()
                        .tuned(),
                "[letters1]");
        assertThat(pipeline(Join.CONCAT, tokens)
                        .prepare(WORDS, new StageClock())
                        .orElseThrow()
                        .steps())
                .isEqualTo(3);
    }

    @Test
    void refusesANetworkBesideOthersAndOthersThatReadSomethingElse() {
        assertRefused(() -> pipeline(Join.CONCAT, THREE, new Mean()), "[letters1] is a network");
        assertRefused(
                () -> pipeline(Join.CONCAT, THREE, new Letters(3, 0, Source.Sound.class, Optional.empty())),
                "sound and text");
        assertRefused(() -> pipeline(Join.CONCAT), "no encoder");
    }

    @Test
    void refusesOtherSpeedsOfATextThatAreForSound() {
        assertRefused(
                () -> new ModalityConfiguration(
                        List.of(),
                        List.of(),
                        1,
                        9,
                        List.of(1.1),
                        List.of(new Component<>("letters", 1, "{}", THREE)),
                        Join.CONCAT,
                        0,
                        List.of("happy", "sad")),
                "The encoder [letters] reads text",
                "[testTimeSpeeds]");
    }

    @Test
    void encodesTogetherWhatTheCacheLacks() {
        List<Source> texts = Stream.of("a", "ab", " ", "abc", "ab", "abcd")
                .map(Source.Text::new)
                .map(Source.class::cast)
                .toList();
        FileFeatureCache cache = new FileFeatureCache(folder);
        List<Integer> calls = new ArrayList<>();
        ModalityPipeline counted = pipeline(Join.CONCAT, counting(calls));
        counted.prepare(texts.get(0), cache);
        counted.prepare(new Source.Text("abc"), cache);

        Function<Source, Optional<ModalityInput>> preparation = counted.preparation(texts, cache);
        List<Optional<ModalityInput>> together = texts.stream().map(preparation).toList();

        assertThat(together)
                .isEqualTo(texts.stream()
                        .map(text -> pipeline(Join.CONCAT, THREE).prepare(text, new StageClock()))
                        .toList());
        assertThat(together.get(2)).isEmpty();
        assertThat(calls).containsExactly(1, 1, 2);
        assertThat(cache.computed()).isEqualTo(4);
    }

    @Test
    void fetchesFromTheCacheWhatTrainedLayersRead() throws IOException {
        FileFeatureCache cache = new FileFeatureCache(folder);
        List<Integer> calls = new ArrayList<>();
        ModalityPipeline tuned = pipeline(Join.CONCAT, counting(calls, 2, Optional.of(new Mean())));

        ModalityInput input =
                tuned.preparation(List.of(WORDS), cache).apply(WORDS).orElseThrow();
        assertThat(input.steps()).isEqualTo(2);
        assertThat(input.width()).isEqualTo(3);
        assertThat(input).isEqualTo(tuned.prepare(WORDS, new StageClock()).orElseThrow());
        assertThat(calls).containsExactly(1, 1);
        input.values();
        assertThat(calls).hasSize(2);

        emptyTheCache();
        assertThat(input.values().shape()).containsExactly(2, 3);
        assertThat(calls).hasSize(3);
    }

    @Test
    void fetchesTheVectorsOfTokensFromTheCacheAndHoldsASingleOne() throws IOException {
        FileFeatureCache cache = new FileFeatureCache(folder);
        List<Integer> calls = new ArrayList<>();
        ModalityInput tokens = pipeline(Join.CONCAT, counting(calls, 2, Optional.empty()))
                .preparation(List.of(WORDS), cache)
                .apply(WORDS)
                .orElseThrow();
        ModalityInput single = pipeline(new Component<>("letters", 1, "{}", counting(calls)))
                .preparation(List.of(WORDS), cache)
                .apply(WORDS)
                .orElseThrow();
        emptyTheCache();

        assertThat(single.values().shape()).containsExactly(1, 3);
        assertThat(calls).containsExactly(1, 1);
        assertThat(tokens.values().shape()).containsExactly(3, 3);
        assertThat(calls).containsExactly(1, 1, 1);
    }

    private void emptyTheCache() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void holdsWhatTrainedLayersReadWhereTheCacheKeepsNothing() {
        List<Integer> calls = new ArrayList<>();
        ModalityInput input = pipeline(Join.CONCAT, counting(calls, 2, Optional.of(new Mean())))
                .preparation(List.of(WORDS), (key, compute) -> compute.get())
                .apply(WORDS)
                .orElseThrow();

        assertThat(input.values().shape()).containsExactly(2, 3);
        assertThat(calls).containsExactly(1);
    }

    @Test
    void encodesTogetherWithoutACacheAndCountsTheTime() {
        List<Source> texts = Stream.of("a", "ab", "abc", "ab")
                .map(Source.Text::new)
                .map(Source.class::cast)
                .toList();
        List<Integer> calls = new ArrayList<>();
        Letters slow = new Letters(3, 0, Source.Text.class, Optional.empty()) {
            @Override
            public List<Encoding> encode(List<Source> sources) {
                calls.add(sources.size());
                // It may return at once, where another test has left a permit.
                long until = System.nanoTime() + 50_000_000;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
                return super.encode(sources);
            }
        };
        long begin = System.nanoTime();
        List<StageClock> clocks = texts.stream().map(any -> new StageClock()).toList();
        BiFunction<Source, StageClock, Optional<ModalityInput>> preparation =
                pipeline(Join.CONCAT, slow).preparation(texts);

        List<Optional<ModalityInput>> together = IntStream.range(0, texts.size())
                .mapToObj(n -> preparation.apply(texts.get(n), clocks.get(n)))
                .toList();

        assertThat(together)
                .isEqualTo(texts.stream()
                        .map(text -> pipeline(Join.CONCAT, THREE).prepare(text, new StageClock()))
                        .toList());
        assertThat(calls).containsExactly(3);
        double share = clocks.get(0).total();
        // All of them together took no longer than has gone by, and no less than the encoder slept.
        assertThat(4 * share).isBetween(0.049, (System.nanoTime() - begin) * 1e-9);
        assertThat(clocks).extracting(StageClock::seconds).containsOnly(Map.of("encode", share));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreadable", "broken", "huge"})
    void letsATextThatCannotBeReadCostNoOtherItsVector(String wrong) {
        List<Source> texts =
                List.of(new Source.Text("ab"), new Source.Text("abc"), new Source.Text(wrong), new Source.Text("a"));
        List<Integer> calls = new ArrayList<>();
        Function<Source, Optional<ModalityInput>> preparation =
                pipeline(Join.CONCAT, counting(calls)).preparation(texts, new FileFeatureCache(folder));

        assertThat(preparation.apply(texts.get(0))).isPresent();
        assertThat(preparation.apply(texts.get(1))).isPresent();
        assertThatThrownBy(() -> preparation.apply(texts.get(2))).hasMessageContaining(wrong);
        assertThat(preparation.apply(texts.get(3))).isPresent();
        // Tried together once, and each alone from then on.
        assertThat(calls).containsExactly(4, 1, 1, 1, 1);

        assertThatThrownBy(() -> pipeline(Join.CONCAT, counting(calls))
                        .preparation(List.of(texts.get(2)))
                        .apply(texts.get(2), new StageClock()))
                .hasMessageContaining(wrong);
        assertThat(calls).endsWith(1, 1).hasSize(6);
    }

    @Test
    void refusesAnEncoderThatGivesAnotherWidthOrNumberThanItMust() {
        assertRefused(
                given(3, new Encoding(FloatTensor.zeros(0, 2), FloatTensor.zeros(2))),
                KemoException.Category.PLUGIN,
                "The encoder [letters0] gives vectors of the width [2], and declares [3].");
        assertRefused(
                given(3), KemoException.Category.PLUGIN, "The encoder [letters0] gives [0] encodings of [1] sources.");
    }

    @Test
    void refusesATextOfWhichAnEncoderMakesWhatIsNoFiniteNumber() {
        assertRefused(
                given(1, new Encoding(FloatTensor.zeros(0, 1), FloatTensor.of(new float[] {Float.NaN}, 1))),
                KemoException.Category.INPUT,
                "The encoder [letters0] gives a vector that holds [NaN].");
        assertRefused(
                given(
                        1,
                        new Encoding(
                                FloatTensor.of(new float[] {1, Float.POSITIVE_INFINITY}, 2, 1), FloatTensor.zeros(1))),
                KemoException.Category.INPUT,
                "The encoder [letters0] gives a sequence that holds [Infinity].");
    }

    /** Gives these encodings, whatever it is asked for. */
    private static Letters given(int width, Encoding... encodings) {
        return new Letters(width, 0, Source.Text.class, Optional.empty()) {
            @Override
            public List<Encoding> encode(List<Source> sources) {
                return List.of(encodings);
            }
        };
    }

    private void assertRefused(Letters encoder, KemoException.Category category, String what) {
        ModalityPipeline pipeline = pipeline(Join.CONCAT, encoder);
        List<ThrowingCallable> ways = List.of(
                () -> pipeline.prepare(WORDS, new StageClock()),
                () -> pipeline.prepare(WORDS, new FileFeatureCache(folder)),
                () -> pipeline.preparation(List.of(WORDS)).apply(WORDS, new StageClock()));
        for (ThrowingCallable way : ways) {
            assertThatThrownBy(way)
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(category))
                    .hasMessageContaining(what);
        }
    }

    /** Notes how many texts come at a time, cannot read one of them, breaks on another, and runs out of memory on a third. */
    private static Letters counting(List<Integer> calls) {
        return counting(calls, 0, Optional.empty());
    }

    private static Letters counting(List<Integer> calls, int steps, Optional<NetworkEncoder> tuned) {
        return new Letters(3, steps, Source.Text.class, tuned) {
            @Override
            public List<Encoding> encode(List<Source> sources) {
                calls.add(sources.size());
                if (sources.contains(new Source.Text("unreadable"))) {
                    throw KemoException.input("The text [unreadable] cannot be read.", "Give another.");
                }
                if (sources.contains(new Source.Text("broken"))) {
                    throw new IllegalStateException("broken");
                }
                if (sources.contains(new Source.Text("huge"))) {
                    throw new OutOfMemoryError("huge");
                }
                return super.encode(sources);
            }
        };
    }

    private static ModalityPipeline pipeline(Join join, Encoder... encoders) {
        List<Component<Encoder>> components = Arrays.stream(encoders)
                .map(each -> new Component<>("letters" + Arrays.asList(encoders).indexOf(each), 1, "{}", each))
                .toList();
        return pipeline(join, components);
    }

    private static ModalityPipeline pipeline(Component<Encoder> encoder) {
        return pipeline(Join.CONCAT, List.of(encoder));
    }

    private static ModalityPipeline pipeline(Join join, List<Component<Encoder>> components) {
        return new ModalityPipeline(
                Modality.of("text"),
                new ModalityConfiguration(
                        List.of(), List.of(), 1, 9, List.of(), components, join, 0, List.of("happy", "sad")),
                new AudioReader());
    }

    private static float[] vector(ModalityPipeline pipeline) {
        FloatTensor values = (FloatTensor)
                pipeline.prepare(WORDS, new StageClock()).orElseThrow().values();
        assertThat(values.size(0)).isEqualTo(1);
        return values.values();
    }

    private static void assertRefused(ThrowingCallable call, String... what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContainingAll(what);
    }

    /** The number of letters times 1, 2, ... width, and as many steps of zeros as it is asked for. */
    private static class Letters implements PretrainedEncoder {
        private final int width;
        private final int steps;
        private final Class<? extends Source> reads;
        private final Optional<NetworkEncoder> tuned;

        Letters(int width, int steps, Class<? extends Source> reads, Optional<NetworkEncoder> tuned) {
            this.width = width;
            this.steps = steps;
            this.reads = reads;
            this.tuned = tuned;
        }

        float scale() {
            return 1;
        }

        @Override
        public Class<? extends Source> reads() {
            return reads;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public String fingerprint() {
            return "width" + width;
        }

        @Override
        public Optional<NetworkEncoder> tuned() {
            return tuned;
        }

        @Override
        public List<Encoding> encode(List<Source> sources) {
            return sources.stream()
                    .map(source -> {
                        FloatTensor pooled = FloatTensor.zeros(width);
                        for (int d = 0; d < width; d++) {
                            pooled.values()[d] = scale()
                                    * (d + 1)
                                    * ((Source.Text) source).text().length();
                        }
                        return new Encoding(FloatTensor.zeros(steps, width), pooled);
                    })
                    .toList();
        }
    }

    private static final class Mean implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            return new Encoded<>(input, ops.maskedMean(input.values(), input.mask()));
        }
    }
}

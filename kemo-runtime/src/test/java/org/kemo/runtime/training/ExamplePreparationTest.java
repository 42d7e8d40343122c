package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.KemoException;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Ops;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.configuration.SampleModalities;
import org.kemo.runtime.pipeline.ModalityPipeline;
import org.kemo.runtime.session.SessionsConfiguration;

class ExamplePreparationTest {
    private static final int SIDE_BY_SIDE = 4;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "2, 0"})
    void asksASessionForNoMoreRunsThanItAdmits(int permits, int queue) throws Exception {
        SessionsConfiguration sessions = new SessionsConfiguration(List.of("cpu"), 1, false, permits, queue, 10, 1024);
        Semaphore shared = new Semaphore(sessions.admitted());
        ModalityPipeline pipeline = pipeline(new Refusing(permits + queue));
        List<Utterance> utterances =
                IntStream.range(0, 1000).mapToObj(ExamplePreparationTest::said).toList();

        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<ExamplePreparation.Prepared>> all = new ArrayList<>();
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                all.add(threads.submit(
                        () -> new ExamplePreparation(List.of(pipeline), (key, compute) -> compute.get(), shared)
                                .prepare(utterances, Progress.NONE)));
            }
            for (Future<ExamplePreparation.Prepared> each : all) {
                assertThat(each.get().examples())
                        .extracting(Example::id)
                        .isEqualTo(utterances.stream().map(Utterance::id).toList());
                assertThat(each.get().problems()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shared.availablePermits()).isEqualTo(permits + queue);
    }

    /** Each text is prepared by itself, and by whichever thread is free. */
    @Test
    void namesTheUtteranceThatAnEncoderBreaksOn() {
        List<Utterance> utterances =
                IntStream.range(0, 1000).mapToObj(ExamplePreparationTest::said).toList();
        ExamplePreparation preparation = new ExamplePreparation(
                List.of(pipeline(new Breaking("text 700"))), (key, compute) -> compute.get(), new Semaphore(8));

        assertThatThrownBy(() -> preparation.prepare(utterances, Progress.NONE))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageStartingWith("[text700] text: The encoder [encoder] of the modality [text] fails on a text:"
                        + " [java.lang.StringIndexOutOfBoundsException: index -1].")
                .cause()
                .isInstanceOf(StringIndexOutOfBoundsException.class)
                .hasMessage("index -1");
    }

    @ParameterizedTest
    @CsvSource({"2, 64, 66", "1024, 2147483647, 2147483647"})
    void countsRunsAndThoseThatWait(int permits, int queue, int admitted) {
        assertThat(new SessionsConfiguration(List.of("cpu"), 1, false, permits, queue, 10, 1024).admitted())
                .isEqualTo(admitted);
    }

    private static Utterance said(int number) {
        return new Utterance(
                "text" + number,
                Map.of(TestStages.TEXT, new Source.Text("text " + number)),
                Optional.of("happy"),
                Optional.empty(),
                Split.NONE);
    }

    private static ModalityPipeline pipeline(Encoder encoder) {
        return new ModalityPipeline(TestStages.TEXT, SampleModalities.of(encoder), new AudioReader());
    }

    /** Cannot cut one text into tokens. */
    private record Breaking(String on) implements TextNetworkEncoder {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public LongTensor tokenize(String text) {
            if (text.equals(on)) {
                throw new StringIndexOutOfBoundsException("index -1");
            }
            return LongTensor.of(new long[] {1}, 1, 1);
        }

        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            throw new AssertionError("The frozen steps run no network");
        }
    }

    /** Refuses more calls at a time than that, as a session does. */
    private static final class Refusing implements PretrainedEncoder {
        private final int most;
        private final AtomicInteger calls = new AtomicInteger();

        Refusing(int most) {
            this.most = most;
        }

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
            return "refusing";
        }

        @Override
        public List<Encoding> encode(List<Source> sources) {
            try {
                if (calls.incrementAndGet() > most) {
                    throw KemoException.device("The queue is full.", "Ask again later.");
                }
                LockSupport.parkNanos(5_000_000);
                return sources.stream()
                        .map(source -> new Encoding(FloatTensor.zeros(0, 1), FloatTensor.zeros(1)))
                        .toList();
            } finally {
                calls.decrementAndGet();
            }
        }
    }
}

package org.kemo.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.KemoException.Category;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.TestNetworks.Recurrent;
import org.kemo.runtime.session.TestNetworks.Slow;
import org.slf4j.LoggerFactory;

// A guard against hanging for ever, not a measurement.
@Timeout(300)
class OnnxSessionPoolTest {
    /** On a machine with CUDA {@code -Dkemo.test.device=cuda:0} runs all of it there. */
    private static final String DEVICE = System.getProperty("kemo.test.device", "cpu");

    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<OnnxSessionPool> pools = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SessionOpener.class);

    @BeforeEach
    void listenToTheLog() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        callers.shutdownNow();
        pools.forEach(OnnxSessionPool::close);
    }

    @Test
    void answersManyThreadsOfOneSessionAsItAnswersOne() throws Exception {
        OnnxSessionPool pool = pool(4, 1000, 1024);
        int threads = 8;
        int runs = 25;
        try (SessionLease lease = pool.lease(SessionRequest.of(recurrent(1)))) {
            List<Map<String, Tensor>> inputs = new ArrayList<>();
            List<FloatTensor> expected = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                inputs.add(utterances(i, 1 + i % 3, 3 + i));
                expected.add(lease.run(inputs.get(i)).get("pooled"));
            }
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int own = i;
                answers.add(callers.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int run = 0; run < runs; run++) {
                        assertThat(lease.run(inputs.get(own)).get("pooled").values())
                                .containsExactly(expected.get(own).values(), within(1e-6f));
                    }
                    return own;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }

        SessionStatistics statistics = only(pool.statistics());
        assertThat(statistics.requests()).isEqualTo(threads + threads * runs);
        assertThat(statistics.runs()).isEqualTo(threads + threads * runs);
        assertThat(statistics.failures()).isZero();
        assertThat(statistics.overloads()).isZero();
        assertThat(statistics.cancellations()).isZero();
        assertThat(statistics.runTime()).isPositive();
        assertThat(statistics.waiting()).isZero();
    }

    @Test
    void runsOnTheThreadThatRanLast() {
        // Of no other test, whose threads may still be ending.
        Path model = recurrent(77);
        try (SessionLease lease = pool(4, 1, 1024).lease(SessionRequest.of(model))) {
            for (int run = 0; run < 20; run++) {
                lease.run(utterances(run, 1, 3));
            }
            String name = "kemo-session-" + DEVICE + "-" + model.getFileName();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals(name))
                    .hasSize(1);
        }
    }

    @Test
    void tellsWhatTheModelAsksForAndGives() {
        try (SessionLease lease = pool(1, 1, 1024).lease(SessionRequest.of(recurrent(1)))) {
            assertThat(lease.inputs()).isEqualTo(new Recurrent().inputs());
            assertThat(lease.outputs()).containsExactly("pooled");
            assertThat(lease.device()).isEqualTo(DEVICE);
        }
    }

    @Test
    void sharesOneSessionBetweenLeasesOnTheSameModelWhereverItLies() throws IOException {
        OnnxSessionPool pool = pool(1, 1, 1024);
        Path model = recurrent(1);
        Path copy = Files.copy(model, folder.resolve("copy.onnx"));

        SessionLease one = pool.lease(SessionRequest.of(model));
        try (SessionLease two = pool.lease(SessionRequest.of(copy))) {
            assertThat(only(pool.statistics()).leases()).isEqualTo(2);
            one.close();
            one.close();

            assertThat(only(pool.statistics()).leases()).isEqualTo(1);
            assertThat(two.run(utterances(1, 1, 2))).containsKey("pooled");
        }

        assertThat(only(pool.statistics()).leases()).isZero();
        assertThat(only(pool.statistics()).memoryBytes()).isPositive();
    }

    @Test
    void opensAModelOnceThoughManyAskAtOnce() throws Exception {
        OnnxSessionPool pool = pool(1, 100, 1024);
        Path model = recurrent(1);
        CountDownLatch together = new CountDownLatch(6);
        List<Future<SessionLease>> leases = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            leases.add(callers.submit(() -> {
                together.countDown();
                together.await();
                return pool.lease(SessionRequest.of(model));
            }));
        }
        for (Future<SessionLease> lease : leases) {
            assertThat(lease.get().run(utterances(1, 1, 2))).containsKey("pooled");
        }

        assertThat(only(pool.statistics()).leases()).isEqualTo(6);
        assertThat(only(pool.statistics()).memoryBytes()).isEqualTo(memory(model));
    }

    @Test
    void refusesWhatIsMoreThanTheQueueHolds() throws Exception {
        OnnxSessionPool pool = pool(1, 1, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(slow()))) {
            Future<?> running = callers.submit(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG));
            Future<?> waiting = callers.submit(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG));
            until(() -> only(pool.statistics()).waiting() == 1);

            KemoException overload = catchThrowableOfType(KemoException.class, () -> lease.run(Slow.rows(1), LONG));

            assertThat(overload.category()).isEqualTo(Category.DEVICE);
            assertThat(overload.problem()).contains("overloaded").contains("[1] requests wait");
            assertThat(overload.remedy()).contains("host.sessions.queue");
            assertThat(only(pool.statistics()).overloads()).isEqualTo(1);
            running.cancel(true);
            waiting.cancel(true);
            // Both permit and queue are free again.
            until(() -> only(pool.statistics()).runs() == 1
                    && only(pool.statistics()).waiting() == 0);
            assertThat(lease.run(Slow.rows(1), LONG)).containsKey("y");
        }
    }

    @Test
    void leavesARunAtItsDeadlineAndEndsIt() {
        assumeCpu("A CUDA device may have done it before the deadline");
        OnnxSessionPool pool = pool(1, 1, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(slow()))) {
            assertThatThrownBy(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.DEVICE))
                    .hasMessageContaining("within [300 ms]");

            // The one permit comes back long before the run would have ended by itself.
            assertThat(lease.run(Slow.rows(1), Duration.ofSeconds(30)).get("y").at(0, 0))
                    .isEqualTo(1, within(1e-3f));
            assertThat(only(pool.statistics()).cancellations()).isEqualTo(1);
            assertThat(only(pool.statistics()).failures()).isZero();
        }
    }

    @Test
    void leavesTheQueueAtTheDeadline() throws Exception {
        OnnxSessionPool pool = pool(1, 2, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(slow()))) {
            Future<?> one = callers.submit(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG));
            Future<?> other = callers.submit(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG));
            until(() -> only(pool.statistics()).waiting() == 1);

            assertThatThrownBy(() -> lease.run(Slow.rows(1), Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.DEVICE))
                    .hasMessageContaining("within [100 ms]");

            assertThat(only(pool.statistics()).waiting()).isEqualTo(1);
            assertThat(only(pool.statistics()).queueTime()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(only(pool.statistics()).runs()).isZero();
            one.cancel(true);
            other.cancel(true);
        }
    }

    @Test
    void endsARunWhoseThreadIsInterrupted() throws Exception {
        OnnxSessionPool pool = pool(1, 1, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(slow()))) {
            FutureTask<Boolean> caller = new FutureTask<>(() -> {
                assertThatThrownBy(() -> lease.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG))
                        .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                                .isEqualTo(Category.DEVICE))
                        .hasMessageContaining("cancelled");
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(caller);
            thread.start();
            until(() -> only(pool.statistics()).requests() == 1);

            thread.interrupt();

            assertThat(caller.get()).as("the thread stays interrupted").isTrue();
            assertThat(lease.run(Slow.rows(1), LONG)).containsKey("y");
        }
    }

    @Test
    void letsTheSessionGoThatWasNotUsedForLongest() {
        assumeCpu("A CUDA session wants more memory than these budgets");
        Path first = recurrent(1);
        Path second = recurrent(2);
        Path third = recurrent(3);
        // Two sessions fit: each counts for 4 MiB and a little.
        OnnxSessionPool pool = pool(1, 1, 12);
        use(pool, first);
        use(pool, second);
        use(pool, first);

        use(pool, third);

        assertThat(open(pool)).containsExactlyInAnyOrder(first, third);
        use(pool, second);
        assertThat(open(pool)).containsExactlyInAnyOrder(third, second);
        assertThat(pool.statistics())
                .extracting(SessionStatistics::requests)
                .as("counting goes on where a session left")
                .containsExactlyInAnyOrder(2L, 2L, 1L);
    }

    @Test
    void refusesAModelThatHasNoRoomBesideThoseThatAreLeased() {
        assumeCpu("A CUDA session wants more memory than these budgets");
        OnnxSessionPool pool = pool(1, 1, 9);
        Path third = recurrent(3);
        try (SessionLease first = pool.lease(SessionRequest.of(recurrent(1)));
                SessionLease second = pool.lease(SessionRequest.of(recurrent(2)))) {
            assertThatThrownBy(() -> pool.lease(SessionRequest.of(third)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.DEVICE))
                    .hasMessageContaining("[cpu] has no room within [9 MiB]")
                    .hasMessageContaining("host.sessions.memoryMiB");
            assertThat(first.run(utterances(1, 1, 2))).isNotEmpty();
            assertThat(second.run(utterances(1, 1, 2))).isNotEmpty();
        }
        use(pool, third);
    }

    @Test
    void saysOnceThatADeviceCannotBeHadAndTakesTheNext() {
        OnnxSessionPool pool = pool(List.of("cuda:99", "cpu"), 1, 1, 1024);

        for (int seed = 1; seed <= 3; seed++) {
            try (SessionLease lease = pool.lease(SessionRequest.of(recurrent(seed)))) {
                assertThat(lease.device()).isEqualTo("cpu");
            }
        }

        assertThat(pool.devices()).containsExactly("cpu");
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage()).contains("[cuda:99] cannot be had");
    }

    @Test
    void refusesAModelWhereNoDeviceCanBeHad() {
        OnnxSessionPool pool = pool(1, 1, 1024);

        assertThatThrownBy(() -> pool.lease(new SessionRequest(recurrent(1), List.of("cuda:98", "cuda:99"))))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.DEVICE))
                .hasMessageContaining("[cuda:98] cannot be had, [cuda:99] cannot be had");
    }

    @Test
    void saysWhyADeviceFailedWhereTheNextCannotBeHad() {
        Path broken = OnnxFiles.write(OnnxFiles.unknownOperator(), folder.resolve("broken.onnx"));
        OnnxSessionPool pool = pool(List.of("cpu", "cuda:99"), 1, 1, 1024);

        assertThatThrownBy(() -> pool.lease(SessionRequest.of(broken)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.PLUGIN))
                .hasMessageContaining("[" + broken + "] on [cpu]")
                .hasMessageContaining("Emote");
    }

    @Test
    void refusesADeviceThatItDoesNotKnow() {
        OnnxSessionPool pool = pool(1, 1, 1024);

        assertThatThrownBy(() -> pool.lease(new SessionRequest(recurrent(1), List.of("gpu"))))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.CONFIGURATION))
                .hasMessageContaining("[gpu]");
        assertThatThrownBy(() -> new SessionsConfiguration(List.of("cpu", "cuda"), 1, false, 1, 1, 1, 1))
                .hasMessageContaining("[cuda]");
        assertThatThrownBy(() -> new SessionsConfiguration(List.of(), 1, false, 1, 1, 1, 1))
                .isInstanceOf(KemoException.class);
    }

    @Test
    void namesWhatTheModelAsksForWhereInputsDoNotFit() {
        FloatTensor frames = FloatTensor.zeros(2, 3, 4);
        FloatTensor mask = FloatTensor.zeros(2, 3);
        LongTensor speaker = LongTensor.zeros(2);
        try (SessionLease lease = pool(1, 1, 1024).lease(SessionRequest.of(recurrent(1)))) {
            refusedInput(lease, Map.of("frames", frames, "mask", mask), "was not given its input [speaker]");
            refusedInput(
                    lease,
                    Map.of("frames", frames, "mask", mask, "speaker", speaker, "pitch", mask),
                    "has no input [pitch]");
            refusedInput(
                    lease,
                    Map.of("frames", frames, "mask", mask, "speaker", FloatTensor.zeros(2)),
                    "takes no FLOAT [2] as [speaker]");
            refusedInput(
                    lease,
                    Map.of("frames", frames.reshape(6, 4), "mask", mask, "speaker", speaker),
                    "takes no FLOAT [6, 4] as [frames]");
            refusedInput(
                    lease,
                    Map.of("frames", FloatTensor.zeros(2, 3, 5), "mask", mask, "speaker", speaker),
                    "takes no FLOAT [2, 3, 5] as [frames]");
            assertThat(lease.run(Map.of("frames", frames, "mask", mask, "speaker", speaker)))
                    .containsKey("pooled");
        }
    }

    @Test
    void givesWholeNumbersInTheTypeThatTheModelHas() {
        Path file = OnnxFiles.write(OnnxFiles.castingIntegersAndTruths(), folder.resolve("casting.onnx"));
        try (SessionLease lease = pool(1, 1, 1024).lease(SessionRequest.of(file))) {
            assertThat(lease.inputs())
                    .containsExactly(
                            new Network.Input("numbers", ElementType.LONG, Shape.of(Dimension.named("numbers.0"))),
                            new Network.Input("truths", ElementType.LONG, Shape.of(Dimension.named("M"))));
            assertThat(lease.outputs()).containsExactly("numbersAsFloat", "truthsAsFloat");
            assertThat(lease.run(Map.of(
                            "numbers", LongTensor.of(new long[] {-3, 7}, 2),
                            "truths", LongTensor.of(new long[] {0, 1, 5}, 3))))
                    .containsExactly(
                            Map.entry("numbersAsFloat", FloatTensor.of(new float[] {-3, 7}, 2)),
                            Map.entry("truthsAsFloat", FloatTensor.of(new float[] {0, 1, 1}, 3)));
            assertThatThrownBy(() -> lease.run(
                            Map.of("numbers", LongTensor.of(new long[] {1L << 40}, 1), "truths", LongTensor.zeros(1))))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.INPUT))
                    .hasMessageContaining("[numbers]");
        }
    }

    @Test
    void blamesTheInputWhereAnIdIsBeyondTheTable() {
        assumeCpu("CUDA does not tell: it reads nothing");
        Path file = OnnxFiles.write(OnnxFiles.table(), folder.resolve("table.onnx"));
        OnnxSessionPool pool = pool(1, 1, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(file))) {
            assertThatThrownBy(() -> lease.run(Map.of("ids", LongTensor.of(new long[] {9}, 1))))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.INPUT));
            assertThat(lease.run(Map.of("ids", LongTensor.of(new long[] {1}, 1))))
                    .isNotEmpty();
        }
        assertThat(only(pool.statistics()).failures()).isEqualTo(1);
    }

    @Test
    void saysSoWhereARunFindsNoMemory() {
        OnnxSessionPool pool = pool(1, 1, 1024);
        Map<String, Tensor> inputs = new HashMap<>(utterances(1, 1, 2)) {
            @Override
            public Tensor get(Object name) {
                if (Thread.currentThread().getName().startsWith("kemo-session-")) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return super.get(name);
            }
        };
        try (SessionLease lease = pool.lease(SessionRequest.of(recurrent(1)))) {
            assertThatThrownBy(() -> lease.run(inputs))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("Java heap space");
            assertThat(lease.run(utterances(1, 1, 2))).isNotEmpty();
        }
        assertThat(only(pool.statistics()).failures()).isEqualTo(1);
    }

    @Test
    void sumsProductsOfWholeNumbersExactly() {
        // Two products of 255 and 100 are more than 16 bits hold.
        Map<String, FloatTensor> x = Map.of("x", FloatTensor.of(new float[] {255, 255}, 2));
        OnnxSessionPool pool = pool(1, 1, 1024);
        for (ModelProto product : List.of(OnnxFiles.product(true), OnnxFiles.productInOne(true))) {
            Path with = OnnxFiles.write(product, folder.resolve("with.onnx"));
            try (SessionLease lease = pool.lease(SessionRequest.of(with))) {
                assertThat(lease.run(x).get("y").values()).containsExactly(51_000);
            }
        }
        // What other tools write may have other sums, and does no harm.
        for (ModelProto foreign : List.of(
                OnnxFiles.product(false),
                OnnxFiles.productTwice(),
                OnnxFiles.productInOne(false),
                OnnxFiles.productInOneTwice())) {
            Path file = OnnxFiles.write(foreign, folder.resolve("foreign.onnx"));
            try (SessionLease lease = pool.lease(SessionRequest.of(file))) {
                assertThat(lease.run(x).get("y").at(0)).isBetween(32_767f, 51_000f);
            }
        }
    }

    @Test
    void takesNumbersOfEightBitsWithoutAZeroPoint() {
        Path file = OnnxFiles.write(OnnxFiles.addingEightBits(), folder.resolve("adding.onnx"));
        try (SessionLease lease = pool(1, 1, 1024).lease(SessionRequest.of(file))) {
            assertThat(lease.run(Map.of("x", FloatTensor.of(new float[] {1, 2}, 2))))
                    .containsEntry("y", FloatTensor.of(new float[] {101, 102}, 2));
        }
    }

    @Test
    void givesTheMemoryBackWhereAModelDoesNotOpen() {
        assumeCpu("A CUDA session wants more memory than these budgets");
        Path broken = OnnxFiles.write(OnnxFiles.unknownOperator(), folder.resolve("broken.onnx"));
        OnnxSessionPool pool = pool(1, 1, 5);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> pool.lease(SessionRequest.of(broken)))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.PLUGIN))
                    .hasMessageContaining("[" + broken + "]");
        }

        use(pool, recurrent(1));
    }

    @Test
    void opensAModelAnewWhenItsFileHasChanged() {
        OnnxSessionPool pool = pool(1, 1, 1024);
        Path file = folder.resolve("network.onnx");
        TestNetworks.write(new Recurrent(), 1, file);
        try (SessionLease before = pool.lease(SessionRequest.of(file))) {
            TestNetworks.write(new Recurrent(), 2, file);
            try (SessionLease after = pool.lease(SessionRequest.of(file))) {
                Map<String, Tensor> inputs = utterances(1, 2, 5);
                assertThat(after.run(inputs)).isNotEqualTo(before.run(inputs));
            }
        }
        assertThat(pool.statistics()).hasSize(2);
    }

    @Test
    void letsWhatRunsFinishWhenItClosesAndRefusesTheRest() throws Exception {
        OnnxSessionPool pool = pool(1, 1, 1024);
        SessionLease lease = pool.lease(SessionRequest.of(slow()));
        List<Future<Map<String, FloatTensor>>> runs = List.of(
                callers.submit(() -> lease.run(Slow.rows(1500), LONG)),
                callers.submit(() -> lease.run(Slow.rows(1500), LONG)));
        until(() -> only(pool.statistics()).waiting() == 1);

        pool.close();

        int answers = 0;
        for (Future<Map<String, FloatTensor>> run : runs) {
            try {
                answers += run.get(1, TimeUnit.MINUTES).size();
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageContaining("[closed]");
            }
        }
        assertThat(answers).isEqualTo(1);
        assertThatThrownBy(() -> lease.run(Slow.rows(1)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.DEVICE))
                .hasMessageContaining("[closed]");
        assertThatThrownBy(() -> pool.lease(SessionRequest.of(slow()))).hasMessageContaining("[closed]");
        lease.close();
        pool.close();
    }

    @Test
    void refusesWhatComesToAnyModelWhileItWaitsForOne() throws Exception {
        OnnxSessionPool pool = pool(1, 1, 1024);
        SessionLease slow = pool.lease(SessionRequest.of(slow()));
        SessionLease quick = pool.lease(SessionRequest.of(recurrent(1)));
        List<Future<?>> runs = List.of(
                callers.submit(() -> slow.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG)),
                callers.submit(() -> slow.run(Slow.rows(Slow.ROWS_FOR_MINUTES), LONG)));
        until(() ->
                pool.statistics().stream().mapToInt(SessionStatistics::waiting).sum() == 1);

        Future<?> closing = callers.submit(pool::close);

        until(() -> isRefused(() -> quick.run(utterances(1, 1, 2))));
        assertThat(runs).noneMatch(Future::isDone);
        runs.forEach(run -> run.cancel(true));
        closing.get();
    }

    @Test
    void doesNotRunOnALeaseThatWasGivenBack() {
        SessionLease lease = pool(1, 1, 1024).lease(SessionRequest.of(recurrent(1)));
        lease.close();

        assertThatThrownBy(() -> lease.run(utterances(1, 1, 2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void survivesTheEndOfTheProcess() throws Exception {
        endsSilently(EndsWhileAModelRuns.class, 7);
    }

    @Test
    void letsTheClassLoaderOfAPluginGoThatOpenedThePool() throws Exception {
        endsSilently(OpensThePoolInAPlugin.class, 0);
    }

    private void endsSilently(Class<?> main, int exitCode) throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The libraries of a device, where the tests run on one.
        Optional.ofNullable(System.getProperty("onnxruntime.native.path"))
                .ifPresent(libraries -> command.add("-Donnxruntime.native.path=" + libraries));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), main.getName(), slow().toString(), DEVICE));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(output).hasContent("");
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }

    /** A session stays when its user has gone; its threads must not hold on to whoever was the first to run it. */
    @Test
    void letsTheClassLoaderOfAPluginGoThatRanAModel() throws Exception {
        OnnxSessionPool pool = pool(1, 1, 1024);
        try (SessionLease lease = pool.lease(SessionRequest.of(slow()))) {
            WeakReference<ClassLoader> loader = runFromAnotherClassLoader(lease);

            until(() -> {
                System.gc();
                return loader.refersTo(null);
            });
            assertThat(only(pool.statistics()).memoryBytes()).isPositive();
        }
    }

    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> runFromAnotherClassLoader(SessionLease lease) throws Exception {
        PluginLikeLoader loader = new PluginLikeLoader(PluginLikeCaller.class);
        Object caller = loader.make();
        assertThat(caller.getClass()).isNotEqualTo(PluginLikeCaller.class);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ((BiConsumer<SessionLease, Map<String, FloatTensor>>) caller).accept(lease, Slow.rows(1));
        } finally {
            thread.setContextClassLoader(before);
        }
        return new WeakReference<>(loader);
    }

    private static void assumeCpu(String why) {
        assumeThat(DEVICE).as(why).isEqualTo("cpu");
    }

    private OnnxSessionPool pool(int permits, int queue, int memoryMiB) {
        return pool(List.of(DEVICE), permits, queue, memoryMiB);
    }

    private OnnxSessionPool pool(List<String> devices, int permits, int queue, int memoryMiB) {
        OnnxSessionPool pool = new OnnxSessionPool(
                new SessionsConfiguration(devices, 1, false, permits, queue, 240, memoryMiB), FileSums.inMemory());
        pools.add(pool);
        return pool;
    }

    private Path recurrent(int seed) {
        return TestNetworks.write(new Recurrent(), seed, folder.resolve("recurrent-" + seed + ".onnx"));
    }

    private Path slow() {
        return TestNetworks.write(new Slow(), 1, folder.resolve("slow.onnx"));
    }

    private static Map<String, Tensor> utterances(long seed, int count, int length) {
        Random random = new Random(seed);
        FloatTensor frames = FloatTensor.zeros(count, length, 4);
        for (int i = 0; i < frames.count(); i++) {
            frames.values()[i] = (float) random.nextGaussian();
        }
        FloatTensor mask = FloatTensor.zeros(count, length);
        for (int n = 0; n < count; n++) {
            for (int step = 0; step < length - n; step++) {
                mask.values()[n * length + step] = 1;
            }
        }
        return Map.of("frames", frames, "mask", mask, "speaker", LongTensor.zeros(count));
    }

    private static void use(OnnxSessionPool pool, Path model) {
        try (SessionLease lease = pool.lease(SessionRequest.of(model))) {
            assertThat(lease.run(utterances(1, 1, 2))).isNotEmpty();
        }
    }

    private static List<Path> open(OnnxSessionPool pool) {
        return pool.statistics().stream()
                .filter(statistics -> statistics.memoryBytes() > 0)
                .map(SessionStatistics::model)
                .toList();
    }

    private static long memory(Path model) throws IOException {
        return (long) (DeviceSessions.SIZES * Files.size(model)) + DeviceSessions.FIXED_BYTES;
    }

    private static SessionStatistics only(List<SessionStatistics> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void refusedInput(SessionLease lease, Map<String, Tensor> inputs, String problem) {
        assertThatThrownBy(() -> lease.run(inputs)).isInstanceOfSatisfying(KemoException.class, e -> {
            assertThat(e.category()).isEqualTo(Category.INPUT);
            assertThat(e.problem()).contains(problem);
            assertThat(e.remedy())
                    .isEqualTo("It asks for [frames] FLOAT [N, L, 4], [mask] FLOAT [N, L], [speaker] LONG [N].");
        });
    }

    private static boolean isRefused(Runnable run) {
        try {
            run.run();
            return false;
        } catch (KemoException e) {
            assertThat(e).hasMessageContaining("[closed]");
            return true;
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(2)) {
                throw new TimeoutException("It did not come to that");
            }
            Thread.sleep(5);
        }
    }
}

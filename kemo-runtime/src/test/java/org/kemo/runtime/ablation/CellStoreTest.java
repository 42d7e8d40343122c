package org.kemo.runtime.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.runtime.files.FolderLock;

class CellStoreTest {
    private static final Cell CELL = TestCells.cell("text alone", 0, "a happy sad");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger computed = new AtomicInteger();

    @TempDir
    private Path folder;

    @AfterEach
    void endsTheThreads() {
        threads.shutdownNow();
    }

    @Test
    void findsWhatWasKept() {
        new CellStore(folder).keep("key", CELL);

        assertThat(new CellStore(folder).find("key")).contains(CELL);
        assertThat(new CellStore(folder).find("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "n", "notes", "training", "metrics"})
    void doesNotTakeWhatIsMissingForNothing(String name) throws IOException {
        new CellStore(folder).keep("key", CELL);
        Path file = folder.resolve("cells/key.json");
        Files.writeString(file, Files.readString(file).replace("\"" + name + "\":", "\"mistaken\":"));

        assertThat(new CellStore(folder).find("key")).isEmpty();
    }

    @Test
    void computesACellOnceHoweverManyAskAtTheSameTime() throws Exception {
        for (Future<Future<Cell>> answer : askedByMany(() -> CELL)) {
            assertThat(answer.get().get()).isEqualTo(CELL);
        }
        assertThat(computed).hasValue(1);
    }

    @Test
    void givesAFailureToAllWhoAsk() throws Exception {
        KemoException failure = KemoException.input("There is nothing to score.", "Give some.");
        for (Future<Future<Cell>> answer : askedByMany(() -> {
            throw failure;
        })) {
            assertThatThrownBy(answer.get()::get).hasCause(failure);
        }
        assertThat(computed).hasValue(1);
    }

    @Test
    void letsOneRunInAtATime() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        FolderLock first = new CellStore(folder).alone(() -> {
            throw new AssertionError("Nobody is in there.");
        });
        Future<?> second = threads.submit(
                () -> new CellStore(folder).alone(waits::countDown).close());

        assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second).isNotDone();
        first.close();
        second.get(20, TimeUnit.SECONDS);
    }

    @Test
    void saysWhichFolderItCannotMake() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "No folder.");

        assertThatThrownBy(() -> new CellStore(file).alone(() -> {}))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("The folder [" + file + "] cannot be written or locked: [")
                .hasMessageContaining("Give an --out");
    }

    @Test
    void measuresRealTimeFactorsOnceOnEachMachine() {
        assertThat(factors("cpu; one", 0.5)).isEqualTo(0.5);
        assertThat(factors("cpu; one", 0.7)).isEqualTo(0.5);
        assertThat(factors("cuda:0; one", 0.1)).isEqualTo(0.1);
        assertThat(factors("cpu; one", 0.7)).isEqualTo(0.7);
    }

    @Test
    void measuresAgainWhatAnEarlierKemoMeasuredAndDidNotSayWhere() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("models")).resolve("key.json"), "{\"audio\": 0.5}");

        assertThat(factors("cpu; one", 0.7)).isEqualTo(0.7);
    }

    private double factors(String machine, double measured) {
        Timing timing = new CellStore(folder).timing("key", machine, () -> Map.of("audio", measured));
        assertThat(timing.machine()).isEqualTo(machine);
        return timing.factors().get("audio");
    }

    private List<Future<Future<Cell>>> askedByMany(Callable<Cell> compute) throws InterruptedException {
        CellStore store = new CellStore(folder);
        return threads.invokeAll(Collections.nCopies(
                8,
                () -> store.once("key", () -> {
                    computed.incrementAndGet();
                    return compute.call();
                })));
    }
}

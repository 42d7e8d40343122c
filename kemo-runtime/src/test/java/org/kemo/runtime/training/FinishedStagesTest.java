package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.training.FinishedStages.Finished;

class FinishedStagesTest {
    private static final Finished LEFT =
            new Finished(Map.of("audio/weight", FloatTensor.of(new float[] {1, -2.5f}, 2)), Map.of("epochs", 3.0));

    @TempDir
    private Path folder;

    @Test
    void areTrainedOnceHoweverManyAskAtTheSameTime() throws Exception {
        FinishedStages stages = new FinishedStages(folder);
        AtomicInteger trained = new AtomicInteger();
        Callable<Finished> ask = () -> stages.once("key", () -> {
            trained.incrementAndGet();
            return LEFT;
        });
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Finished>> answers = threads.invokeAll(Collections.nCopies(8, ask));
            for (Future<Finished> answer : answers) {
                assertThat(answer.get()).isEqualTo(LEFT);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(trained).hasValue(1);
        assertThat(new FinishedStages(folder).find("key")).contains(LEFT);
        assertThat(new FinishedStages(folder).find("other")).isEmpty();
    }

    @Test
    void doNotCountBeforeTheirLastFileIsInPlace() throws IOException {
        new FinishedStages(folder).keep("key", LEFT);
        Files.delete(folder.resolve("key.finished.json"));

        assertThat(new FinishedStages(folder).find("key")).isEmpty();
    }

    @Test
    void areTrainedAgainWhereTheirMetricsAreDamaged() throws IOException {
        Path metrics = folder.resolve("key.finished.json");
        for (String damaged : List.of("", "{", "{\"epochs\":3.0}", "{\"metrics\":{\"epochs\":3.0}}")) {
            new FinishedStages(folder).keep("key", LEFT);
            Files.writeString(metrics, damaged);

            assertTrainedAgain();
        }
    }

    @Test
    void areTrainedAgainWhereTheirParametersAreDamaged() throws IOException {
        Path parameters = folder.resolve("key.finished.safetensors");
        new FinishedStages(folder).keep("key", LEFT);
        byte[] whole = Files.readAllBytes(parameters);
        byte[] changed = whole.clone();
        changed[changed.length - 1] ^= 1;
        for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length - 1), changed)) {
            Files.write(parameters, damaged);

            assertTrainedAgain();
        }
        Files.delete(parameters);
        assertTrainedAgain();
    }

    private void assertTrainedAgain() {
        AtomicInteger trained = new AtomicInteger();
        Finished again = new FinishedStages(folder).once("key", () -> {
            trained.incrementAndGet();
            return LEFT;
        });

        assertThat(trained).hasValue(1);
        assertThat(again).isEqualTo(LEFT);
        assertThat(new FinishedStages(folder).find("key")).contains(LEFT);
    }
}

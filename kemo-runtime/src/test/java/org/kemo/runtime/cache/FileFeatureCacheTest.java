package org.kemo.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.network.FloatTensor;
import org.slf4j.LoggerFactory;

class FileFeatureCacheTest {
    private static final FloatTensor VALUE = FloatTensor.of(new float[] {1, -2, 0.1f, 4, 5, 6}, 3, 2);

    @TempDir
    private Path folder;

    @Test
    void keepsResultsBetweenInstances() {
        FileFeatureCache first = new FileFeatureCache(folder);
        FileFeatureCache second = new FileFeatureCache(folder);

        assertThat(first.get("key", () -> VALUE)).isEqualTo(VALUE);
        assertThat(second.get("key", () -> FloatTensor.scalar(9))).isEqualTo(VALUE);
        assertThat(first.computed()).isEqualTo(1);
        assertThat(second.computed()).isZero();
    }

    @Test
    void readsAgainWhatItKeeps() throws IOException {
        FileFeatureCache cache = new FileFeatureCache(folder);
        assertThat(cache.kept("key")).isEmpty();

        cache.get("key", () -> VALUE);
        assertThat(cache.kept("key")).contains(VALUE);

        Files.delete(file());
        assertThat(cache.kept("key")).isEmpty();
        assertThat(cache.computed()).isEqualTo(1);
    }

    @Test
    void canBeReadByThoseWhoCanReadOtherFilesThere() throws IOException {
        new FileFeatureCache(folder).get("key", () -> VALUE);
        Path kept = file();

        Path other = Files.createFile(kept.resolveSibling("other"));
        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void tellsKeysApartAndKeepsEveryShape() {
        FileFeatureCache cache = new FileFeatureCache(folder);
        List<FloatTensor> values = List.of(
                FloatTensor.scalar(1), FloatTensor.zeros(0), FloatTensor.zeros(0, 7), FloatTensor.zeros(2, 3, 4));
        for (int i = 0; i < values.size(); i++) {
            FloatTensor value = values.get(i);
            cache.get("key" + i, () -> value);
        }

        for (int i = 0; i < values.size(); i++) {
            assertThat(cache.get("key" + i, () -> VALUE)).isEqualTo(values.get(i));
        }
        assertThat(cache.computed()).isEqualTo(values.size());
    }

    @Test
    void computesAnewWhatIsCutOffAnywhere() throws IOException {
        new FileFeatureCache(folder).get("key", () -> VALUE);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));

            assertComputedAnew();
        }
    }

    @Test
    void computesAnewWhatIsDamagedAnywhere() throws IOException {
        new FileFeatureCache(folder).get("key", () -> VALUE);
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            for (int damage : new int[] {1, 0x7f, 0x80, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) damage;
                Files.write(file(), damaged);

                assertComputedAnew();
            }
        }
    }

    @Test
    void computesAnewWhatIsNothingButZerosOrGoesOn() throws IOException {
        new FileFeatureCache(folder).get("key", () -> VALUE);
        byte[] whole = Files.readAllBytes(file());
        for (byte[] damaged : List.of(new byte[whole.length], new byte[8], Arrays.copyOf(whole, whole.length + 4))) {
            Files.write(file(), damaged);

            assertComputedAnew();
        }
    }

    @Test
    void saysOnceThatItCannotBeWrittenAndGoesOnWithoutIt() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(FileFeatureCache.class);
        logger.addAppender(log);
        try {
            FileFeatureCache cache = new FileFeatureCache(noFolder);

            assertThat(cache.get("a", () -> VALUE)).isEqualTo(VALUE);
            assertThat(cache.get("b", () -> VALUE)).isEqualTo(VALUE);
            assertThat(cache.get("a", () -> FloatTensor.scalar(9))).isEqualTo(FloatTensor.scalar(9));
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains("[" + noFolder + "]")
                .contains("host.cache.folder"));
    }

    @Test
    void servesThreadsThatAskForTheSameAtOnce() throws Exception {
        FileFeatureCache cache = new FileFeatureCache(folder);
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<FloatTensor>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    together.await();
                    return cache.get("key", () -> VALUE);
                }));
            }
            for (Future<FloatTensor> result : results) {
                assertThat(result.get()).isEqualTo(VALUE);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(file()).isRegularFile();
    }

    private void assertComputedAnew() {
        FileFeatureCache cache = new FileFeatureCache(folder);
        assertThat(cache.get("key", () -> VALUE)).isEqualTo(VALUE);
        assertThat(cache.computed()).isEqualTo(1);
    }

    /** The one file that there is; nothing written aside is left. */
    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}

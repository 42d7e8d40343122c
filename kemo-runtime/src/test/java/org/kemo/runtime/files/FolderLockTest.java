package org.kemo.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

@Timeout(60)
class FolderLockTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("locks/one");
    }

    /** What is not closed is closed when it is collected. */
    @Test
    void keepsTheLockWhereAnotherThreadGivesUpWaiting() throws Exception {
        try (FolderLock held = lock(file, () -> {})) {
            CompletableFuture<Void> waits = new CompletableFuture<>();
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                try (FolderLock second = lock(file, () -> waits.complete(null))) {
                    ended.completeExceptionally(new AssertionError(second));
                } catch (KemoException e) {
                    ended.completeExceptionally(e);
                }
            });
            waiter.start();
            waits.get();
            waiter.interrupt();
            assertThatThrownBy(ended::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("was interrupted");
            waiter.join();
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(100);
            }

            assertThat(isFreeForAnotherProcess()).isFalse();
            assertThat(held).isNotNull();
        }
        assertThat(isFreeForAnotherProcess()).isTrue();
    }

    @Test
    void letsOneInAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CountDownLatch waiting = new CountDownLatch(7);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    try (FolderLock lock = lock(folder.resolve("locks/../locks/one"), waiting::countDown)) {
                        seen.add(inside.incrementAndGet());
                        assertThat(lock).isNotNull();
                        // The first stays until all others wait for it and have looked again.
                        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
                        Thread.sleep(seen.size() == 1 ? 300 : 0);
                        inside.decrementAndGet();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen).hasSize(8).containsOnly(1);
    }

    @Test
    void isLetGoByAnotherThreadAndOnce() throws Exception {
        FolderLock lock = lock(file, () -> {});
        CompletableFuture.runAsync(lock::close).get();
        lock.close();

        FolderLock next = lock(file, () -> {});
        CompletableFuture<FolderLock> last = new CompletableFuture<>();
        CompletableFuture<Void> waits = new CompletableFuture<>();
        new Thread(() -> last.complete(lock(file, () -> waits.complete(null)))).start();
        waits.get();
        next.close();
        last.get().close();
    }

    @Test
    void leavesTheTurnToTheNextWhereTheFileCannotBeOpened() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(() -> lock(file, () -> {})).isInstanceOf(UncheckedIOException.class);
        Files.delete(file);

        lock(file, () -> {
                    throw new AssertionError("Nobody holds it.");
                })
                .close();
    }

    private static FolderLock lock(Path file, Runnable waits) {
        try {
            return FolderLock.of(file, waits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isFreeForAnotherProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Another.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(other.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isBetween(0, 1);
        return other.exitValue() == 0;
    }

    /** Started in a process of its own: ends with 0 where it gets the lock, else with 1. */
    static final class Another {
        private Another() {}

        public static void main(String[] arguments) throws IOException {
            boolean free;
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                free = lock != null;
            }
            System.exit(free ? 0 : 1);
        }
    }
}

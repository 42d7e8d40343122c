package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

final class LibtorchTest {
    @TempDir
    Path folder;

    @Test
    void worksWithItsOwnNumberOfThreadsWhoeverElseWorks() throws Exception {
        assertEachSees(1, new Libtorch(1), 2, new Libtorch(2), torch::get_num_threads);
    }

    @Test
    void multipliesOnSeveralThreadsWhileNobodyElseDoes() throws Exception {
        assertEachSees(
                1, new Libtorch(2), 2, new Libtorch(2).withThreadedProducts(), openblas_nolapack::blas_get_num_threads);
    }

    /** Two threads by each of two ask many times for a number, and always get its own. */
    private static void assertEachSees(int first, Libtorch one, int second, Libtorch other, Supplier<Integer> number)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Set<Integer>> ones = () -> seen(one, number);
            Callable<Set<Integer>> others = () -> seen(other, number);
            List<Future<Set<Integer>>> all = threads.invokeAll(List.of(ones, others, ones, others));
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get()).containsExactly(i % 2 == 0 ? first : second);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Set<Integer> seen(Libtorch libtorch, Supplier<Integer> number) {
        Set<Integer> seen = new HashSet<>();
        for (int k = 0; k < 1000; k++) {
            seen.add(libtorch.call(number));
        }
        return seen;
    }

    @Test
    void multipliesOnOneThreadAgainAfterAnError() {
        Libtorch large = new Libtorch(2).withThreadedProducts();
        assertThatThrownBy(() -> large.call(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(new Libtorch(2).<Integer>call(openblas_nolapack::blas_get_num_threads))
                .isEqualTo(1);
    }

    @Test
    void letsACallEndBeforeTheProcessDoes() throws Exception {
        Path output = folder.resolve("output.txt");
        int exitCode = JavaProcess.run(EndsWhileATrainerSteps.class, output);

        assertThat(output).hasContent("began\nended\n");
        assertThat(exitCode).isEqualTo(7);
    }

    @Test
    void freesWhatTookNoReference() {
        Libtorch libtorch = new Libtorch(1);
        Tensor kept = libtorch.call(() -> torch.zeros(3).retainReference());
        Tensor dropped = libtorch.call(() -> torch.zeros(3));
        assertThat(dropped.isNull()).isTrue();
        assertThat(kept.isNull()).isFalse();
        kept.releaseReference();
        assertThat(kept.isNull()).isTrue();
    }

    @Test
    void saysInOneLineThatMemoryRanOut() {
        Libtorch libtorch = new Libtorch(1);
        // 2^45 numbers of four bytes, more than any process can address.
        assertThatThrownBy(() -> libtorch.call(() -> torch.empty(1L << 45)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.DEVICE))
                .hasMessageContaining("The libtorch library has no memory left: ")
                .hasMessageContaining("140737488355328 bytes")
                .hasMessageEndingWith(". Lower batchSize or threads, or train on a device with more memory.")
                .hasMessageNotContaining("\n");
    }

    @Test
    void isNotBoundByTheSizeOfTheJavaHeap() {
        new Libtorch(1).run(() -> {});
        assertThat(Pointer.maxPhysicalBytes()).isZero();
    }
}

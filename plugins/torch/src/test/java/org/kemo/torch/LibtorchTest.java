package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class LibtorchTest {
    @Test
    void worksWithItsOwnNumberOfThreadsWhoeverElseWorks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int own = 1 + i % 2;
                all.add(threads.submit(() -> {
                    Libtorch libtorch = new Libtorch(own);
                    for (int k = 0; k < 1000; k++) {
                        if (libtorch.call(torch::get_num_threads) != own) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void multipliesOnSeveralThreadsWhileNobodyElseDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean large = i % 2 == 0;
                all.add(threads.submit(() -> {
                    Libtorch libtorch = large ? new Libtorch(2).withThreadedProducts() : new Libtorch(2);
                    for (int k = 0; k < 1000; k++) {
                        if (libtorch.call(openblas_nolapack::blas_get_num_threads) != (large ? 2 : 1)) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
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
    void isNotBoundByTheSizeOfTheJavaHeap() {
        new Libtorch(1).run(() -> {});
        assertThat(Pointer.maxPhysicalBytes()).isZero();
    }
}

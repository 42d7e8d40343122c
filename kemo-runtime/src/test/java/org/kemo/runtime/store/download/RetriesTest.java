package org.kemo.runtime.store.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;

/** What breaks is tried again three times, and as often as it likes where each try brings a mebibyte. */
class RetriesTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final Source SOURCE =
            new Source(URI.create("https://models.example/weights"), "weights", Optional.empty(), "Ask again.");

    private final Retries retries = new Retries(3, Duration.ZERO);
    private final AtomicLong reached = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void doesNotCountATryThatBringsAMebibyte() {
        assertThat(retries.run(SOURCE, reached::get, () -> bring(MEBIBYTE))).isEqualTo(6);
    }

    @Test
    void countsATryThatBringsLess() {
        assertGivenUp(3, () -> bring(MEBIBYTE - 1));
    }

    @Test
    void countsAnewFromATryThatBringsAMebibyte() {
        assertGivenUp(4, () -> bring(tries.get() == 1 ? MEBIBYTE : 0));
    }

    private void assertGivenUp(int after, Retries.Attempt<Integer> attempt) {
        assertThatThrownBy(() -> retries.run(SOURCE, reached::get, attempt))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(
                        "Fetching [weights] from [models.example] failed [3] times, at last since cut off");
        assertThat(tries).hasValue(after);
    }

    /** Brings so many bytes and breaks, but for the sixth try, which ends well. */
    private int bring(long bytes) throws IOException {
        if (tries.incrementAndGet() < 6) {
            reached.addAndGet(bytes);
            throw new IOException("cut off");
        }
        return tries.get();
    }
}

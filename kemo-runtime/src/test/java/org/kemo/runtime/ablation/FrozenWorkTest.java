package org.kemo.runtime.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

class FrozenWorkTest {
    private static final FloatTensor FIRST = FloatTensor.of(new float[] {1}, 1);
    private static final FloatTensor SECOND = FloatTensor.of(new float[] {2}, 1);

    private final FrozenWork work = new FrozenWork((key, compute) -> compute.get());

    /** Texts are encoded many at a time: whoever waited for the first of them need not encode the others again. */
    @Test
    void givesWhatWasComputedWithAnotherResultToWhoeverAsksForItFirst() {
        FloatTensor first = work.get("first", () -> {
            work.offer("second", SECOND);
            return FIRST;
        });
        FloatTensor second = work.get("second", () -> {
            throw new AssertionError("computed again");
        });

        assertThat(first).isSameAs(FIRST);
        assertThat(second).isSameAs(SECOND);
        assertThat(work.get("second", () -> FIRST)).isSameAs(SECOND);
        assertThat(work.counts().computed()).isEqualTo(2);
        assertThat(work.counts().asked()).isEqualTo(3);
    }
}

package org.kemo.api.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeltaRegressionTest {
    @Test
    void findsTheSlopeOfALineAwayFromItsEnds() {
        float[] values = {0, 0, 3, 0, 6, 0, 9, 0, 12, 0};

        new DeltaRegression(2).apply(values, 5, 2, 0, 1, 1);

        assertThat(values[5]).isEqualTo(3);
        // (1 (3 - 0) + 2 (6 - 0)) / 10: the first frame stands for those before it.
        assertThat(values[1]).isEqualTo(1.5f);
        assertThat(values[9]).isEqualTo(1.5f);
    }

    @Test
    void findsNoSlopeInASingleFrame() {
        float[] values = {7, 8, 9};

        new DeltaRegression(3).apply(values, 1, 3, 0, 2, 1);

        assertThat(values).containsExactly(7, 8, 0);
    }
}

package org.kemo.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

class StandardisationTest {
    @Test
    void isTheMeanAndTheDeviationOverAllFramesOfAllSequences() {
        // Frames 1, 3, 3, 5: mean 3, squares 4 + 0 + 0 + 4 over 4 = 2. Frames -10, -10, -10, 30: mean 0, deviation
        // sqrt(300).
        Standardisation by = Standardisation.of(List.of(
                FloatTensor.of(new float[] {1, -10, 3, -10, 3, -10}, 3, 2), FloatTensor.of(new float[] {5, 30}, 1, 2)));

        assertThat(by.mean()).containsExactly(3, 0);
        assertThat(by.deviation()).containsExactly((float) Math.sqrt(2), (float) Math.sqrt(300));
        assertThat(by.inverseDeviation()).containsExactly(1 / by.deviation()[0], 1 / by.deviation()[1]);
    }

    @Test
    void keepsToALeastDeviationWhereAFeatureNeverChanges() {
        Standardisation by = Standardisation.of(List.of(FloatTensor.of(new float[] {7, 7}, 2, 1)));

        assertThat(by.mean()).containsExactly(7);
        assertThat(by.deviation()).containsExactly(1e-5f);
    }

    @Test
    void losesNothingFarFromZero() {
        Standardisation by = Standardisation.of(List.of(FloatTensor.of(new float[] {1e6f - 1, 1e6f + 1}, 2, 1)));

        assertThat(by.mean()).containsExactly(1e6f);
        assertThat(by.deviation()).containsExactly(1);
    }

    @Test
    void measuresTheFramesBehindTheFirstApart() {
        List<FloatTensor> sequences = List.of(
                FloatTensor.of(new float[] {100, 1, 3}, 3, 1),
                FloatTensor.of(new float[] {102}, 1, 1),
                FloatTensor.of(new float[] {104, 5}, 2, 1));

        Standardisation first = Standardisation.of(sequences, 0, 1);
        Standardisation behind = Standardisation.of(sequences, 1, Integer.MAX_VALUE);

        assertThat(first.mean()).containsExactly(102);
        assertThat(first.deviation()).containsExactly((float) Math.sqrt(8 / 3.0));
        assertThat(behind.mean()).containsExactly(3);
        assertThat(behind.deviation()).containsExactly((float) Math.sqrt(8 / 3.0));
    }

    @Test
    void goesOnFromWhatAnotherOneDid() {
        Standardisation first = new Standardisation(new float[] {10}, new float[] {2});
        Standardisation then = new Standardisation(new float[] {4}, new float[] {0.5f}).after(first);

        // 5 is -2.5 by the first and 2 by the other.
        assertThat((-2.5f - then.mean()[0]) * then.inverseDeviation()[0]).isEqualTo(2);
    }
}

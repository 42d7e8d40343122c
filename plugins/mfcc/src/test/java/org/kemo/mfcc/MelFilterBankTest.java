package org.kemo.mfcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MelFilterBankTest {
    @Test
    void sharesEachBinBetweenTwoNeighbouringFilters() {
        MelFilterBank filters = new MelFilterBank(26, 0, 8000, 512, 16_000, 1);
        double[] outputs = new double[26];

        // 1 kHz and 4 kHz lie between the first and the last centre, where two straight slopes add up to 1.
        for (int bin : new int[] {32, 128}) {
            double[] spectrum = new double[257];
            spectrum[bin] = 1;
            filters.apply(spectrum, outputs);

            assertThat(Arrays.stream(outputs).sum()).isEqualTo(1, offset(1e-12));
            assertThat(Arrays.stream(outputs).filter(output -> output > 0).count())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void hearsNothingOutsideItsRangeAndNoMean() {
        MelFilterBank filters = new MelFilterBank(20, 300, 3400, 512, 16_000, 1);
        double[] spectrum = new double[257];
        spectrum[0] = 1;
        spectrum[9] = 1;
        spectrum[109] = 1;
        double[] outputs = new double[20];

        filters.apply(spectrum, outputs);

        assertThat(outputs).containsOnly(0);
    }

    @Test
    void movesAToneToTheFilterOfTheWarpedFrequency() {
        double[] tone = new double[257];
        tone[64] = 1;
        double[] lowered = new double[257];
        lowered[48] = 1;
        double[] warped = new double[26];
        double[] expected = new double[26];

        new MelFilterBank(26, 0, 8000, 512, 16_000, 0.75).apply(tone, warped);
        new MelFilterBank(26, 0, 8000, 512, 16_000, 1).apply(lowered, expected);

        assertThat(warped).containsExactly(expected);
    }
}

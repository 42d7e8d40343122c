package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kemo.runtime.configuration.StageConfiguration.Schedule;

class LearningRateTest {
    @Test
    void risesFromTheFirstStepToTheLargestAtTheEndOfTheWarmUp() {
        LearningRate rate = new LearningRate(0.8, 4, 12, Schedule.COSINE);

        assertThat(rate.at(0)).isEqualTo(0.2);
        assertThat(rate.at(1)).isEqualTo(0.4);
        assertThat(rate.at(3)).isEqualTo(0.8);
    }

    @Test
    void fallsByHalfACosineToNothing() {
        LearningRate rate = new LearningRate(0.8, 4, 12, Schedule.COSINE);

        // 8 steps of the cosine: cos(0) = 1, cos(pi/4) = 0.70711, cos(pi/2) = 0, cos(pi) = -1.
        assertThat(rate.at(4)).isEqualTo(0.8);
        assertThat(rate.at(6)).isCloseTo(0.4 * 1.7071068, within(1e-7));
        assertThat(rate.at(8)).isCloseTo(0.4, within(1e-12));
        assertThat(rate.at(12)).isCloseTo(0, within(1e-12));
        assertThat(rate.at(13)).isCloseTo(0, within(1e-12));
    }

    @Test
    void staysAtTheLargestWhereTheScheduleIsConstant() {
        LearningRate rate = new LearningRate(0.8, 2, 12, Schedule.CONSTANT);

        assertThat(rate.at(0)).isEqualTo(0.4);
        assertThat(rate.at(2)).isEqualTo(0.8);
        assertThat(rate.at(11)).isEqualTo(0.8);
    }

    @Test
    void beginsAtTheLargestWithoutWarmUpAndMayConsistOfNothingElse() {
        assertThat(new LearningRate(0.8, 0, 12, Schedule.COSINE).at(0)).isEqualTo(0.8);
        assertThat(new LearningRate(0.8, 4, 4, Schedule.COSINE).at(3)).isEqualTo(0.8);
    }
}

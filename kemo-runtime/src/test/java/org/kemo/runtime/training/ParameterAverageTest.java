package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

class ParameterAverageTest {
    @Test
    void isTheMeanOfAllSets() {
        ParameterAverage average = new ParameterAverage(0);
        average.add(set(1, 2));
        average.add(set(3, 2));
        average.add(set(8, 5));

        assertThat(average.count()).isEqualTo(3);
        assertThat(average.mean()).isEqualTo(set(4, 3));
    }

    @Test
    void goesOnFromAMeanAsIfItHadNeverStopped() {
        ParameterAverage before = new ParameterAverage(0);
        before.add(set(0.1f, 2));
        before.add(set(0.7f, 3));
        ParameterAverage after = new ParameterAverage(before.count());
        after.restore(before.mean());
        before.add(set(0.3f, -9));
        after.add(set(0.3f, -9));

        assertThat(after.count()).isEqualTo(3);
        assertThat(after.mean()).isEqualTo(before.mean());
    }

    @Test
    void writesNeitherToWhatItWasGivenNorToWhatItGave() {
        Map<String, FloatTensor> first = set(1, 2);
        ParameterAverage average = new ParameterAverage(0);
        average.add(first);
        Map<String, FloatTensor> mean = average.mean();
        average.add(set(3, 4));

        assertThat(first).isEqualTo(set(1, 2));
        assertThat(mean).isEqualTo(set(1, 2));
    }

    private static Map<String, FloatTensor> set(float a, float b) {
        return Map.of("audio/weight", FloatTensor.of(new float[] {a, b}, 1, 2));
    }
}

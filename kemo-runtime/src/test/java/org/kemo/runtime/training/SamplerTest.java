package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kemo.runtime.configuration.StageConfiguration.Sampling;

/**
 * The sizes are those of imbalanced-learn 0.14.2, {@code RandomOverSampler(random_state=0).fit_resample(x, y)} and {@code
 * RandomUnderSampler}: y = [2] * 7 + [0] * 3 + [5] * 1 becomes 21 utterances, 7 of each, or 3, 1 of each.
 */
class SamplerTest {
    private static final int[] LABELS = {2, 2, 0, 2, 2, 0, 5, 2, 2, 0, 2};

    @Test
    void takesEachUtteranceOnceWithoutSampling() {
        assertThat(new Sampler(Sampling.NONE, 1).indexes(LABELS))
                .isEqualTo(IntStream.range(0, 11).toArray());
    }

    @Test
    void repeatsSmallClassesUpToTheLargestAndKeepsAll() {
        int[] indexes = new Sampler(Sampling.RANDOM_OVER, 1).indexes(LABELS);

        assertThat(counts(indexes)).isEqualTo(Map.of(0, 7L, 2, 7L, 5, 7L));
        assertThat(indexes).isSorted().contains(IntStream.range(0, 11).toArray());
    }

    @Test
    void thinsLargeClassesDownToTheSmallestWithoutRepeating() {
        int[] indexes = new Sampler(Sampling.RANDOM_UNDER, 1).indexes(LABELS);

        assertThat(counts(indexes)).isEqualTo(Map.of(0, 1L, 2, 1L, 5, 1L));
        assertThat(indexes).isSorted().doesNotHaveDuplicates().contains(6);
    }

    @Test
    void drawsTheSameForTheSameSeedAndOthersForAnother() {
        int[] labels = IntStream.range(0, 200).map(i -> i % 7 == 0 ? 1 : 0).toArray();

        for (Sampling sampling : new Sampling[] {Sampling.RANDOM_OVER, Sampling.RANDOM_UNDER}) {
            int[] once = new Sampler(sampling, 3).indexes(labels);
            assertThat(new Sampler(sampling, 3).indexes(labels)).isEqualTo(once);
            assertThat(new Sampler(sampling, 4).indexes(labels)).isNotEqualTo(once);
        }
    }

    @Test
    void drawsNothingFromNothing() {
        assertThat(new Sampler(Sampling.RANDOM_OVER, 1).indexes(new int[0])).isEmpty();
        assertThat(new Sampler(Sampling.RANDOM_UNDER, 1).indexes(new int[0])).isEmpty();
    }

    private static Map<Integer, Long> counts(int[] indexes) {
        return Arrays.stream(indexes)
                .mapToObj(index -> LABELS[index])
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    }
}

package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {
    private static final int[] LENGTHS = new Random(1).ints(1_000, 50, 500).toArray();

    private static final int[] ALL = IntStream.range(0, 1_000).toArray();

    private final LengthBuckets buckets = new LengthBuckets(32, 11);

    @Test
    void hasEachUtteranceAsOftenAsItWasGiven() {
        int[] indexes = {4, 4, 1, 0, 7, 7, 7};

        List<int[]> batches = new LengthBuckets(3, 1).batches(indexes, LENGTHS, 0);

        assertThat(batches).hasSize(3);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .containsExactly(0, 1, 4, 4, 7, 7, 7);
    }

    @Test
    void padsFarLessThanRandomBatchesWould() {
        List<int[]> random = IntStream.iterate(0, from -> from < 1_000, from -> from + 32)
                .mapToObj(from -> Arrays.copyOfRange(ALL, from, Math.min(1_000, from + 32)))
                .toList();

        assertThat(padding(buckets.batches(ALL, LENGTHS, 0))).isLessThan(padding(random) / 7);
    }

    @Test
    void repeatsItselfForTheSameSeedAndEpochOnly() {
        assertThat(lists(buckets, 3)).isEqualTo(lists(new LengthBuckets(32, 11), 3));
        assertThat(lists(buckets, 3)).isNotEqualTo(lists(buckets, 4));
        assertThat(lists(buckets, 3)).isNotEqualTo(lists(new LengthBuckets(32, 12), 3));
        assertThat(lists(buckets, 3)).isNotEqualTo(lists(new LengthBuckets(32, 12), 2));
    }

    @Test
    void bringsUtterancesTogetherWithOthersInEveryEpoch() {
        List<Integer> companyOfTheFirst = lists(buckets, 0).stream()
                .filter(batch -> batch.contains(0))
                .findFirst()
                .orElseThrow();

        assertThat(lists(buckets, 1)).noneMatch(batch -> batch.containsAll(companyOfTheFirst));
    }

    @Test
    void doesNotPutTheBatchesInTheOrderOfTheirLength() {
        assertThat(buckets.batches(ALL, LENGTHS, 0).stream()
                        .map(batch -> LENGTHS[batch[0]])
                        .limit(16))
                .isNotEqualTo(buckets.batches(ALL, LENGTHS, 0).stream()
                        .map(batch -> LENGTHS[batch[0]])
                        .limit(16)
                        .sorted()
                        .toList());
    }

    @Test
    void makesNoBatchOfNothingAndRefusesEmptyBatches() {
        assertThat(buckets.batches(new int[0], LENGTHS, 0)).isEmpty();
        assertThatThrownBy(() -> new LengthBuckets(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long padding(List<int[]> batches) {
        return batches.stream()
                .mapToLong(batch -> {
                    int longest = IntStream.of(batch).map(i -> LENGTHS[i]).max().orElseThrow();
                    return IntStream.of(batch).map(i -> longest - LENGTHS[i]).sum();
                })
                .sum();
    }

    private static List<List<Integer>> lists(LengthBuckets buckets, int epoch) {
        return buckets.batches(ALL, LENGTHS, epoch).stream()
                .map(batch -> IntStream.of(batch).boxed().toList())
                .toList();
    }
}

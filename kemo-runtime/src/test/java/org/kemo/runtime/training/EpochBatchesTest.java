package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kemo.runtime.configuration.StageConfiguration.Sampling;

class EpochBatchesTest {
    private static final List<Versions> TEN = IntStream.range(0, 10)
            .mapToObj(i ->
                    Versions.of(TestStages.sound("clip" + i, i < 8 ? "happy" : "sad", 1 + i % 3, new float[1 + i % 3])))
            .toList();

    @Test
    void holdsEveryExampleOnceWithoutSampling() {
        EpochBatches batches = batches(Sampling.NONE, 1);

        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(ids(batches.of(epoch)).stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(
                            TEN.stream().map(each -> each.original().id()).toList());
            assertThat(batches.of(epoch)).hasSize(batches.perEpoch()).hasSize(3);
        }
    }

    @Test
    void areTheSameForTheSameSeedAndEpochWhateverWasAskedBefore() {
        EpochBatches one = batches(Sampling.RANDOM_OVER, 7);
        EpochBatches other = batches(Sampling.RANDOM_OVER, 7);
        other.of(0);
        other.of(1);

        assertThat(ids(other.of(2))).isEqualTo(ids(one.of(2)));
        assertThat(ids(one.of(3))).isNotEqualTo(ids(one.of(2)));
        assertThat(ids(batches(Sampling.RANDOM_OVER, 8).of(2))).isNotEqualTo(ids(one.of(2)));
    }

    /** With the sum of seed and epoch, one seed's later epochs were the next one's earlier ones. */
    @Test
    void takeNoOtherSeedsExamplesAnEpochLater() {
        assertThat(kept(1, 1, 5)).isNotEqualTo(kept(2, 0, 4));
    }

    private static List<Set<String>> kept(long seed, int from, int to) {
        EpochBatches batches = batches(Sampling.RANDOM_UNDER, seed);
        return IntStream.range(from, to)
                .mapToObj(epoch ->
                        ids(batches.of(epoch)).stream().flatMap(List::stream).collect(Collectors.toSet()))
                .toList();
    }

    @Test
    void repeatsTheSmallClassUntilItIsAsLargeAsTheOther() {
        EpochBatches batches = batches(Sampling.RANDOM_OVER, 1);
        List<Example> epoch = batches.of(0).stream().flatMap(List::stream).toList();

        assertThat(batches.perEpoch()).isEqualTo(4);
        assertThat(epoch).hasSize(16);
        assertThat(epoch.stream().filter(each -> each.label().orElseThrow().equals("sad")))
                .hasSize(8);
    }

    @Test
    void drawsEveryVersionOfAnExampleInSomeEpoch() {
        Example original = TestStages.sound("clip", "happy", 1, 1);
        Example slower = TestStages.sound("clip", "happy", 2, 1, 1);
        EpochBatches batches = new EpochBatches(
                TestStages.stage(4, Sampling.NONE),
                List.of(new Versions(List.of(original, slower))),
                Example::label,
                1);

        assertThat(IntStream.range(0, 20)
                        .mapToObj(epoch -> batches.of(epoch).get(0).get(0)))
                .contains(original, slower);
    }

    private static EpochBatches batches(Sampling sampling, long seed) {
        return new EpochBatches(TestStages.stage(4, sampling), TEN, Example::label, seed);
    }

    private static List<List<String>> ids(List<List<Example>> batches) {
        return batches.stream()
                .map(batch -> batch.stream().map(Example::id).toList())
                .toList();
    }
}

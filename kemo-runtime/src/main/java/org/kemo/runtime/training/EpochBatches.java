package org.kemo.runtime.training;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.kemo.runtime.configuration.StageConfiguration;

/**
 * The batches of each epoch: sampled by class, one version of each utterance drawn, shuffled, and put together by similar
 * length. What an epoch holds depends on the seed and its number alone.
 */
final class EpochBatches {
    private final StageConfiguration stage;
    private final List<Versions> training;
    private final int[] classes;
    private final long seed;

    EpochBatches(
            StageConfiguration stage, List<Versions> training, Function<Example, Optional<String>> classOf, long seed) {
        this.stage = stage;
        this.training = training;
        List<String> labels = training.stream()
                .map(each -> classOf.apply(each.original()).orElse(""))
                .toList();
        List<String> names = labels.stream().distinct().sorted().toList();
        this.classes = labels.stream().mapToInt(names::indexOf).toArray();
        this.seed = seed;
    }

    /** The number of batches of every epoch. */
    int perEpoch() {
        return (sample(0).length + stage.batchSize() - 1) / stage.batchSize();
    }

    /** The batches of an epoch, from 0. */
    List<List<Example>> of(int epoch) {
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, epoch));
        List<Example> drawn = IntStream.of(sample(epoch))
                .mapToObj(index -> training.get(index).draw(random))
                .toList();
        int[] all = IntStream.range(0, drawn.size()).toArray();
        int[] lengths = drawn.stream().mapToInt(Example::steps).toArray();
        return new LengthBuckets(stage.batchSize(), seed)
                .batches(all, lengths, epoch).stream()
                        .map(batch -> IntStream.of(batch).mapToObj(drawn::get).toList())
                        .toList();
    }

    private int[] sample(int epoch) {
        return new Sampler(stage.sampling(), Seeds.of(seed, epoch)).indexes(classes);
    }
}

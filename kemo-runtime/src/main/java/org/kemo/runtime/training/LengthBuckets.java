package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes batches of utterances of similar length, so that little of a batch is padding, and yet of other company in every
 * epoch: the utterances are shuffled, sorted by length within pools of several batches, cut into batches, and the batches are
 * shuffled. Immutable; the same arguments give the same batches.
 *
 * @param batchSize utterances in a batch; the last one of an epoch, wherever it then stands, may be smaller
 * @param seed for the shuffling
 */
record LengthBuckets(int batchSize, long seed) {
    // Large enough that a pool holds a batch of each length, small enough that batches change from epoch to epoch.
    private static final int BATCHES_IN_A_POOL = 16;

    /** Checks the size. */
    LengthBuckets {
        if (batchSize < 1) {
            throw new IllegalArgumentException("A batch of " + batchSize + " holds nothing");
        }
    }

    /**
     * The batches of an epoch.
     *
     * @param indexes the utterances, each to appear as often as here
     * @param lengths the length of each utterance, by its index
     * @param epoch from 0
     */
    List<int[]> batches(int[] indexes, int[] lengths, int epoch) {
        // Split, so that seed 1 in epoch 2 is not seed 2 in epoch 1.
        Random random = new Random(Seeds.of(seed) + epoch);
        List<Integer> shuffled = new ArrayList<>(IntStream.of(indexes).boxed().toList());
        Collections.shuffle(shuffled, random);
        int pool = batchSize * BATCHES_IN_A_POOL;
        for (int from = 0; from < shuffled.size(); from += pool) {
            shuffled.subList(from, Math.min(from + pool, shuffled.size()))
                    .sort(Comparator.comparingInt(index -> lengths[index]));
        }
        int[] ordered = shuffled.stream().mapToInt(Integer::intValue).toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < ordered.length; from += batchSize) {
            batches.add(Arrays.copyOfRange(ordered, from, Math.min(from + batchSize, ordered.length)));
        }
        Collections.shuffle(batches, random);
        return batches;
    }
}

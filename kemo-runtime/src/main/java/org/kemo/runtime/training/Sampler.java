package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.kemo.runtime.configuration.StageConfiguration.Sampling;

/**
 * Evens out classes of unequal size by drawing utterances, as imbalanced-learn's RandomOverSampler and RandomUnderSampler do.
 * Immutable; the same labels and seed give the same utterances.
 *
 * @param sampling how
 * @param seed for the drawing
 */
record Sampler(Sampling sampling, long seed) {
    /**
     * Which utterances to train on, and how often.
     *
     * <p>Over-sampling keeps all and adds, to each class, utterances drawn with replacement until it is as large as the largest.
     * Under-sampling keeps, of each class, as many as the smallest has, drawn without replacement.
     *
     * @param labels the class of each utterance, [n]
     * @return indexes into {@code labels}, ascending, repeated where an utterance is drawn more than once
     */
    int[] indexes(int[] labels) {
        if (sampling == Sampling.NONE) {
            return IntStream.range(0, labels.length).toArray();
        }
        SortedMap<Integer, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        IntStream sizes = classes.values().stream().mapToInt(List::size);
        boolean over = sampling == Sampling.RANDOM_OVER;
        int size = (over ? sizes.max() : sizes.min()).orElse(0);
        Random random = new Random(seed);
        return classes.values().stream()
                .flatMap(indexes -> (over ? repeat(indexes, size, random) : thin(indexes, size, random)).stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static List<Integer> repeat(List<Integer> indexes, int size, Random random) {
        List<Integer> more = new ArrayList<>(indexes);
        while (more.size() < size) {
            more.add(indexes.get(random.nextInt(indexes.size())));
        }
        return more;
    }

    private static List<Integer> thin(List<Integer> indexes, int size, Random random) {
        Collections.shuffle(indexes, random);
        return indexes.subList(0, size);
    }
}

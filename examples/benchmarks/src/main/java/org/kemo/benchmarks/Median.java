package org.kemo.benchmarks;

import java.util.List;

/** The value in the middle. */
final class Median {
    private Median() {}

    /** Of an even number the mean of the two in the middle. */
    static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}

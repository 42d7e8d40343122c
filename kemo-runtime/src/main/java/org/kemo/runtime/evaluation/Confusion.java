package org.kemo.runtime.evaluation;

import java.util.List;
import java.util.stream.IntStream;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;

/**
 * How often each class was taken for each.
 *
 * @param labels the classes, C
 * @param counts [C, C]: a row for each true class, a column for each predicted one
 */
public record Confusion(List<String> labels, List<List<Integer>> counts) {
    /** Copies the lists and checks that the counts are square. */
    public Confusion {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
        int classes = labels.size();
        if (counts.size() != classes || counts.stream().anyMatch(row -> row.size() != classes)) {
            throw new IllegalArgumentException("The counts of " + labels + " are [C, C], not " + counts);
        }
    }

    /** The confusion of true classes, [n], with those that are most probable, of equal ones the first; see {@link Metrics#of}. */
    static Confusion of(LabelSpace labels, int[] truth, FloatTensor probabilities) {
        return of(
                labels.labels(),
                truth,
                IntStream.range(0, truth.length)
                        .map(i -> mostProbable(probabilities, i))
                        .toArray());
    }

    /** The confusion of true classes, [n], with those that were predicted, [n], by their positions. */
    public static Confusion of(List<String> labels, int[] truth, int[] predicted) {
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][predicted[i]]++;
        }
        return new Confusion(
                labels,
                IntStream.range(0, labels.size())
                        .mapToObj(row -> IntStream.of(counts[row]).boxed().toList())
                        .toList());
    }

    /** The most probable class of a row of [n, C], of equal ones the first. */
    static int mostProbable(FloatTensor probabilities, int row) {
        int best = 0;
        for (int c = 1; c < probabilities.size(1); c++) {
            if (probabilities.at(row, c) > probabilities.at(row, best)) {
                best = c;
            }
        }
        return best;
    }

    /** How many utterances are of a class. */
    public int support(int label) {
        return counts.get(label).stream().mapToInt(Integer::intValue).sum();
    }

    /** How many utterances were taken for a class. */
    public int predicted(int label) {
        return counts.stream().mapToInt(row -> row.get(label)).sum();
    }

    /** How many utterances of a class were recognised. */
    public int correct(int label) {
        return counts.get(label).get(label);
    }

    /** How many utterances there are. */
    public int n() {
        return IntStream.range(0, labels.size()).map(this::support).sum();
    }

    /** See {@link Metrics#accuracy}. */
    public double accuracy() {
        return (double) IntStream.range(0, labels.size()).map(this::correct).sum() / n();
    }

    /** See {@link Metrics#macroF1}. */
    public double macroF1() {
        return inEither().stream().mapToDouble(ClassMetrics::f1).average().orElse(0);
    }

    /** The figures of the classes that occur in the truth or among the predictions. */
    List<ClassMetrics> inEither() {
        return IntStream.range(0, labels.size())
                .filter(label -> support(label) + predicted(label) > 0)
                .mapToObj(label -> ClassMetrics.of(this, label))
                .toList();
    }
}

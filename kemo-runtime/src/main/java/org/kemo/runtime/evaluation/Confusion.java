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
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][mostProbable(probabilities, i)]++;
        }
        return new Confusion(
                labels.labels(),
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
}

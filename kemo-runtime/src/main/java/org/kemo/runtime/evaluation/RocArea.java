package org.kemo.runtime.evaluation;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.kemo.api.network.FloatTensor;

/**
 * The area under the receiver operating characteristic of one class against the rest: the probability that an utterance of
 * the class is scored above one that is not, ties counting half (Mann and Whitney's U; Hanley and McNeil, 1982).
 */
final class RocArea {
    private RocArea() {}

    /**
     * The area for a class.
     *
     * @param truth classes, [n]
     * @param probabilities [n, C]
     * @return from 0 to 1; empty where every utterance is of the class, or none
     */
    static OptionalDouble oneVersusRest(int label, int[] truth, FloatTensor probabilities) {
        int n = truth.length;
        long positives = IntStream.of(truth).filter(t -> t == label).count();
        if (positives == 0 || positives == n) {
            return OptionalDouble.empty();
        }
        int[] ascending = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities.at(i, label)))
                .mapToInt(Integer::intValue)
                .toArray();
        double rankSum = 0;
        int from = 0;
        while (from < n) {
            int to = from + 1;
            while (to < n && probabilities.at(ascending[to], label) == probabilities.at(ascending[from], label)) {
                to++;
            }
            // Equal scores share the mean of the ranks from + 1 ... to.
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                if (truth[ascending[i]] == label) {
                    rankSum += rank;
                }
            }
            from = to;
        }
        double u = rankSum - positives * (positives + 1) / 2.0;
        return OptionalDouble.of(u / (positives * (double) (n - positives)));
    }
}

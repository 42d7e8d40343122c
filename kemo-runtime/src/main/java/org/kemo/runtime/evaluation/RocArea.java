package org.kemo.runtime.evaluation;

import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
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
        double[] own = scores(probabilities, label, i -> truth[i] == label);
        double[] others = scores(probabilities, label, i -> truth[i] != label);
        if (own.length == 0 || others.length == 0) {
            return OptionalDouble.empty();
        }
        double u = MannWhitneyUTest.withDefaults().statistic(own, others);
        return OptionalDouble.of(u / (own.length * (double) others.length));
    }

    private static double[] scores(FloatTensor probabilities, int label, IntPredicate rows) {
        return IntStream.range(0, probabilities.size(0))
                .filter(rows)
                .mapToDouble(i -> probabilities.at(i, label))
                .toArray();
    }
}

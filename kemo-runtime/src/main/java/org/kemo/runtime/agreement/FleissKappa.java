package org.kemo.runtime.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far any number of raters agree beyond chance (Fleiss, 1971), which need not be the same for each item: kappa = (P - P_e) / (1 - P_e), where
 * P is the share of pairs of labels of one item that are equal, and P_e the sum of the squared shares of the labels.
 */
final class FleissKappa {
    private FleissKappa() {}

    /**
     * Kappa, at most 1.
     *
     * @param counts of each label for each item; all sums over an item are the same and above 1
     * @return empty where there is no item, or one and the same label throughout
     */
    static OptionalDouble of(List<long[]> counts) {
        if (counts.isEmpty()) {
            return OptionalDouble.empty();
        }
        long raters = Arrays.stream(counts.get(0)).sum();
        long[] totals = new long[counts.get(0).length];
        double agreement = 0;
        for (long[] item : counts) {
            long squares = 0;
            for (int c = 0; c < item.length; c++) {
                squares += item[c] * item[c];
                totals[c] += item[c];
            }
            agreement += (double) (squares - raters) / (raters * (raters - 1));
        }
        double labels = (double) raters * counts.size();
        double observed = agreement / counts.size();
        double expected = Arrays.stream(totals)
                .mapToDouble(total -> total / labels * (total / labels))
                .sum();
        return Arrays.stream(totals).filter(total -> total > 0).count() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of((observed - expected) / (1 - expected));
    }
}

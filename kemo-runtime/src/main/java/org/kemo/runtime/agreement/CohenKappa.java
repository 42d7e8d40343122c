package org.kemo.runtime.agreement;

import java.util.OptionalDouble;

/**
 * How far two raters agree beyond chance (Cohen, 1960), with disagreements weighed (Cohen, 1968): kappa = 1 - sum w_ij o_ij / sum w_ij
 * e_ij, where o_ij counts the items that one rater labels i and the other j, and e_ij what it would be if they labelled independently
 * with the same frequencies.
 */
enum CohenKappa {
    /** Every disagreement is as bad as another. */
    UNWEIGHTED {
        @Override
        double weight(double distance) {
            return distance == 0 ? 0 : 1;
        }
    },
    /** As bad as the labels lie apart. */
    LINEAR {
        @Override
        double weight(double distance) {
            return Math.abs(distance);
        }
    },
    /** As bad as the square of that. */
    QUADRATIC {
        @Override
        double weight(double distance) {
            return distance * distance;
        }
    };

    abstract double weight(double distance);

    /**
     * Kappa, at most 1.
     *
     * @param counts o_ij, [C, C]
     * @param categories where each of the C labels lies
     * @return empty where chance cannot disagree: there is no item, or both raters gave one and the same label throughout
     */
    OptionalDouble of(long[][] counts, Categories categories) {
        long[] rows = new long[categories.size()];
        long[] columns = new long[categories.size()];
        long n = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows[i] += counts[i][j];
                columns[j] += counts[i][j];
                n += counts[i][j];
            }
        }
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double weight =
                        weight(categories.places().get(i) - categories.places().get(j));
                observed += weight * counts[i][j];
                expected += weight * rows[i] * columns[j];
            }
        }
        return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - observed * n / expected);
    }
}

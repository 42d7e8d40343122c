package org.kemo.runtime.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far any number of raters agree beyond chance, whoever left out which item (Krippendorff, Computing Krippendorff's
 * Alpha-Reliability, 2011): alpha = 1 - D_o / D_e, the mean squared distance between two labels of one item over that between two labels
 * of any items. An item with a single label does not count.
 */
final class KrippendorffAlpha {
    private final MeasurementLevel level;
    private final Categories categories;
    private final long[] totals;

    private KrippendorffAlpha(MeasurementLevel level, Categories categories, long[] totals) {
        this.level = level;
        this.categories = categories;
        this.totals = totals;
    }

    /**
     * Alpha, at most 1.
     *
     * @param counts of each label for each item
     * @return empty where no two labels of one item can be compared, or all that can are the same
     */
    static OptionalDouble of(List<long[]> counts, MeasurementLevel level, Categories categories) {
        List<long[]> pairable =
                counts.stream().filter(item -> Arrays.stream(item).sum() > 1).toList();
        long[] totals = new long[categories.size()];
        pairable.forEach(item -> Arrays.setAll(totals, c -> totals[c] + item[c]));
        return new KrippendorffAlpha(level, categories, totals).of(pairable);
    }

    private OptionalDouble of(List<long[]> pairable) {
        double labels = Arrays.stream(totals).sum();
        double observed = 0;
        for (long[] item : pairable) {
            observed += distances(item) / (Arrays.stream(item).sum() - 1);
        }
        double expected = distances(totals) / (labels - 1);
        return labels == 0 || expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - observed / expected);
    }

    /** The sum of the squared distances of all ordered pairs of labels that are counted. */
    private double distances(long[] counts) {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            for (int k = c + 1; k < counts.length; k++) {
                if (counts[c] > 0 && counts[k] > 0) {
                    double distance = distance(c, k);
                    sum += 2.0 * counts[c] * counts[k] * distance * distance;
                }
            }
        }
        return sum;
    }

    private double distance(int lower, int upper) {
        return switch (level) {
            case NOMINAL -> 1;
            // As many labels as were given between the two, of each half of those that are the same.
            case ORDINAL -> Arrays.stream(totals, lower, upper + 1).sum() - (totals[lower] + totals[upper]) / 2.0;
            case INTERVAL ->
                categories.places().get(upper) - categories.places().get(lower);
        };
    }
}

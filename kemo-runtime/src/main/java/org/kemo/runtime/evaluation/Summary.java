package org.kemo.runtime.evaluation;

import java.util.List;
import org.kemo.api.KemoException;

/**
 * A figure over folds or seeds, as {@code kemo ablate} writes it.
 *
 * @param mean the mean
 * @param std the standard deviation of the sample, divided by n - 1; NaN for a single value, which has none
 * @param values one for each fold or seed, in their order
 */
public record Summary(double mean, double std, List<Double> values) {
    /** Copies the list. */
    public Summary {
        values = List.copyOf(values);
    }

    /**
     * The summary of these values.
     *
     * @throws KemoException category INPUT, where there is none
     */
    public static Summary of(List<Double> values) {
        if (values.isEmpty()) {
            throw KemoException.input("There are [0] values to summarise.", "Run at least one fold or seed.");
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Summary(mean, values.size() == 1 ? Double.NaN : Math.sqrt(squares / (values.size() - 1)), values);
    }
}

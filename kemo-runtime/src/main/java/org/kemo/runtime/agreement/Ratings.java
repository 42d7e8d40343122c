package org.kemo.runtime.agreement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.runtime.evaluation.Summary;

/**
 * Labels that are numbers, summed up.
 *
 * @param mean of all
 * @param std the standard deviation of the sample, divided by n - 1; NaN for a single one
 * @param raters the same for each rater who gave one
 */
public record Ratings(double mean, double std, Map<String, Spread> raters) {
    /**
     * The ratings of one rater.
     *
     * @param n how many
     * @param mean their mean
     * @param std their standard deviation, divided by n - 1; NaN for a single one
     */
    public record Spread(int n, double mean, double std) {}

    /** Empty where a label is not a number. */
    static Optional<Ratings> of(Annotations annotations) {
        List<String> all = annotations.given();
        if (!NumericLabel.areAll(all)) {
            return Optional.empty();
        }
        Map<String, Spread> raters = new LinkedHashMap<>();
        for (int r = 0; r < annotations.raters().size(); r++) {
            List<String> given = annotations.givenBy(r);
            if (!given.isEmpty()) {
                raters.put(annotations.raters().get(r), spread(given));
            }
        }
        Spread whole = spread(all);
        return Optional.of(new Ratings(whole.mean(), whole.std(), raters));
    }

    private static Spread spread(List<String> labels) {
        Summary summary = Summary.of(labels.stream()
                .map(label -> NumericLabel.of(label).orElseThrow())
                .toList());
        return new Spread(labels.size(), summary.mean(), summary.std());
    }
}

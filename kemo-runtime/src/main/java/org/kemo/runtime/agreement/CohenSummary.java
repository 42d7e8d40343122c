package org.kemo.runtime.agreement;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Cohen's kappa of every two raters and its means over those pairs of which it is defined.
 *
 * @param mean of kappa
 * @param linearMean of kappa weighed by distance; empty at the level NOMINAL
 * @param quadraticMean of kappa weighed by squared distance; empty at the level NOMINAL
 * @param pairs each two raters once
 */
public record CohenSummary(
        OptionalDouble mean, OptionalDouble linearMean, OptionalDouble quadraticMean, List<PairAgreement> pairs) {
    /** Copies the list. */
    public CohenSummary {
        pairs = List.copyOf(pairs);
    }

    static CohenSummary of(List<PairAgreement> pairs) {
        return new CohenSummary(
                mean(pairs, PairAgreement::kappa),
                mean(pairs, PairAgreement::linearKappa),
                mean(pairs, PairAgreement::quadraticKappa),
                pairs);
    }

    static OptionalDouble mean(List<PairAgreement> pairs, Function<PairAgreement, OptionalDouble> figure) {
        return pairs.stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }
}

package org.kemo.runtime.agreement;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far two raters agree on the items that both labelled.
 *
 * @param a one rater
 * @param b the other
 * @param items that both labelled
 * @param observedAgreement the share of those with the same label, 0 to 1; empty where there is no such item
 * @param kappa Cohen's; empty where it is not defined: there is no such item, or both gave one and the same label throughout
 * @param linearKappa weighed by the distance of the labels; empty at the level NOMINAL, too
 * @param quadraticKappa weighed by the squared distance of the labels; empty at the level NOMINAL, too
 */
public record PairAgreement(
        String a,
        String b,
        int items,
        OptionalDouble observedAgreement,
        OptionalDouble kappa,
        OptionalDouble linearKappa,
        OptionalDouble quadraticKappa) {
    static PairAgreement of(Annotations annotations, int a, int b, MeasurementLevel level, Categories categories) {
        List<Annotations.Item> shared = annotations.items().stream()
                .filter(item ->
                        item.labels().get(a).isPresent() && item.labels().get(b).isPresent())
                .toList();
        long[][] counts = new long[categories.size()][categories.size()];
        long same = 0;
        for (Annotations.Item item : shared) {
            int first = categories.indexOf(item.labels().get(a).orElseThrow());
            int second = categories.indexOf(item.labels().get(b).orElseThrow());
            counts[first][second]++;
            same += first == second ? 1 : 0;
        }
        boolean weighted = level != MeasurementLevel.NOMINAL;
        return new PairAgreement(
                annotations.raters().get(a),
                annotations.raters().get(b),
                shared.size(),
                shared.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) same / shared.size()),
                CohenKappa.UNWEIGHTED.of(counts, categories),
                weighted ? CohenKappa.LINEAR.of(counts, categories) : OptionalDouble.empty(),
                weighted ? CohenKappa.QUADRATIC.of(counts, categories) : OptionalDouble.empty());
    }
}

package org.kemo.runtime.evaluation;

/**
 * The figures of one class; a share of nothing is 0.
 *
 * @param label the class
 * @param support how many utterances are of it
 * @param precision the share of those taken for it that are of it
 * @param recall the share of those of it that were taken for it
 * @param f1 the harmonic mean of both
 */
public record ClassMetrics(String label, int support, double precision, double recall, double f1) {
    /** The figures of the class at a position. */
    public static ClassMetrics of(Confusion confusion, int label) {
        int correct = confusion.correct(label);
        int support = confusion.support(label);
        int predicted = confusion.predicted(label);
        return new ClassMetrics(
                confusion.labels().get(label),
                support,
                share(correct, predicted),
                share(correct, support),
                share(2 * correct, support + predicted));
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}

package org.kemo.runtime.evaluation;

import org.kemo.api.network.FloatTensor;

/** How far probabilities are from the shares that come true. */
final class Calibration {
    private static final int BINS = 15;

    private Calibration() {}

    /**
     * The expected calibration error (Guo et al., 2017, eq. 3): over 15 bins of equal width of the highest probability, each
     * open at its lower edge, the mean difference between that probability and the share that was right, weighted by the
     * bin's size.
     *
     * @param truth classes, [n]
     * @param probabilities [n, C]
     * @return from 0 to 1
     */
    static double expectedError(int[] truth, FloatTensor probabilities) {
        double[] surplus = new double[BINS];
        for (int i = 0; i < truth.length; i++) {
            int predicted = Confusion.mostProbable(probabilities, i);
            double confidence = probabilities.at(i, predicted);
            int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
            surplus[bin] += confidence - (predicted == truth[i] ? 1 : 0);
        }
        double sum = 0;
        for (double bin : surplus) {
            sum += Math.abs(bin);
        }
        return sum / truth.length;
    }
}

package org.kemo.runtime.model;

import java.util.List;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

/**
 * The mean and the standard deviation of each feature over all frames of the training data; where a pretrained encoder gives tokens behind
 * a pooled vector, over the pooled vectors, and over the tokens apart.
 *
 * @param mean [D]
 * @param deviation [D], above 0
 */
@SuppressWarnings("ArrayRecordComponent") // Read by Jackson, written once, never handed to plugins.
public record Standardisation(float[] mean, float[] deviation) {
    private static final double SMALLEST = 1e-5;

    /** Measured over sequences [T, D] of the same width. */
    public static Standardisation of(List<FloatTensor> sequences) {
        return of(sequences, 0, Integer.MAX_VALUE);
    }

    /**
     * Measured over some of the frames of sequences [T, D] of the same width.
     *
     * @param from the first of each that counts
     * @param to the first behind it that does not, where it has so many; at least one frame is left
     */
    public static Standardisation of(List<FloatTensor> sequences, int from, int to) {
        int width = sequences.get(0).size(1);
        double[] sum = new double[width];
        double[] squares = new double[width];
        long frames = 0;
        for (FloatTensor sequence : sequences) {
            float[] values = sequence.values();
            int end = Math.min(to, sequence.size(0));
            for (int i = from * width; i < end * width; i++) {
                sum[i % width] += values[i];
            }
            frames += Math.max(0, end - from);
        }
        for (FloatTensor sequence : sequences) {
            float[] values = sequence.values();
            for (int i = from * width; i < Math.min(to, sequence.size(0)) * width; i++) {
                double centred = values[i] - sum[i % width] / frames;
                squares[i % width] += centred * centred;
            }
        }
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int d = 0; d < width; d++) {
            mean[d] = (float) (sum[d] / frames);
            deviation[d] = (float) Math.max(SMALLEST, Math.sqrt(squares[d] / frames));
        }
        return new Standardisation(mean, deviation);
    }

    /** The same for features that another one was applied to. */
    Standardisation after(Standardisation other) {
        float[] shifted = new float[mean.length];
        float[] scaled = new float[mean.length];
        for (int d = 0; d < mean.length; d++) {
            shifted[d] = (mean[d] - other.mean[d]) / other.deviation[d];
            scaled[d] = deviation[d] / other.deviation[d];
        }
        return new Standardisation(shifted, scaled);
    }

    /** Features [.., D] less their mean, over their deviation. */
    <T> T apply(Ops<T> ops, T features) {
        T centred = ops.subtract(features, ops.constant(FloatTensor.of(mean, mean.length)));
        return ops.multiply(centred, ops.constant(FloatTensor.of(inverseDeviation(), deviation.length)));
    }

    /** 1 / deviation. */
    float[] inverseDeviation() {
        float[] inverse = new float[deviation.length];
        for (int d = 0; d < inverse.length; d++) {
            inverse[d] = 1 / deviation[d];
        }
        return inverse;
    }
}

package org.kemo.prosody;

import org.kemo.api.audio.FrameGrid;

/**
 * How loud a frame is: its intensity I, the mean of the squared samples under a Hamming window, and the loudness {@code (I /
 * I0)^0.3} with I0 = 1e-6, as openSMILE's cIntensity computes them. Holds a table only: safe for use by several threads.
 */
final class Loudness {
    private static final double REFERENCE_INTENSITY = 1e-6;
    private static final double EXPONENT = 0.3;

    private final FrameGrid grid;
    private final double[] weights;

    Loudness(FrameGrid grid) {
        this.grid = grid;
        this.weights = new double[grid.length()];
        double sum = 0;
        for (int n = 0; n < weights.length; n++) {
            weights[n] = weights.length == 1 ? 1 : 0.54 - 0.46 * Math.cos(2 * Math.PI * n / (weights.length - 1));
            sum += weights[n];
        }
        for (int n = 0; n < weights.length; n++) {
            weights[n] /= sum;
        }
    }

    /** The intensity of frame t, full scale at 1; what lies beyond the end of the clip counts as 0. */
    double intensity(float[] samples, int t) {
        int start = t * grid.stride();
        int end = Math.min(weights.length, samples.length - start);
        double sum = 0;
        for (int n = 0; n < end; n++) {
            sum += weights[n] * samples[start + n] * samples[start + n];
        }
        return sum;
    }

    /** The loudness of an intensity: 1 for a sound of -60 dB, 63 for one at full scale. */
    static double of(double intensity) {
        return Math.pow(intensity / REFERENCE_INTENSITY, EXPONENT);
    }
}

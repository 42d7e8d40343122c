package org.kemo.api.audio;

/**
 * Deltas: the slope of each feature over the frames around it, {@code d[t] = sum over k of k (c[t+k] - c[t-k]) / (2 sum over k
 * of k^2)}, k from 1 to the window; the first and the last frame stand for those beyond the ends (HTK Book, eq. 5.16). Holds
 * two numbers only: safe for use by several threads at once.
 */
public final class DeltaRegression {
    private final int window;
    private final double norm;

    /**
     * A regression over that many frames.
     *
     * @param window frames on either side, at least 1
     */
    public DeltaRegression(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("The window [" + window + "] is not positive");
        }
        this.window = window;
        double squares = 0;
        for (int k = 1; k <= window; k++) {
            squares += (double) k * k;
        }
        this.norm = 2 * squares;
    }

    /**
     * Writes the slopes of some columns into others.
     *
     * @param values [frames, width], row-major; read and written
     * @param frames the number of rows
     * @param width the number of columns
     * @param from the first column to read
     * @param to the first column to write
     * @param count the number of columns
     */
    public void apply(float[] values, int frames, int width, int from, int to, int count) {
        for (int t = 0; t < frames; t++) {
            for (int column = 0; column < count; column++) {
                double sum = 0;
                for (int k = 1; k <= window; k++) {
                    int after = Math.min(frames - 1, t + k) * width + from + column;
                    int before = Math.max(0, t - k) * width + from + column;
                    sum += k * ((double) values[after] - values[before]);
                }
                values[t * width + to + column] = (float) (sum / norm);
            }
        }
    }
}

package org.kemo.api.audio;

/**
 * The discrete Fourier transform of a real sequence whose length is a power of two, for extractors and preprocessors:
 * one small class that all plugins share, so that none has to pack a library of its own.
 *
 * <p>A sequence of N values is read as N/2 complex ones, transformed by decimation in time, and taken apart again (Press et
 * al., Numerical Recipes, section 12.3). Holds tables only: safe for use by several threads at once.
 */
public final class RealFourierTransform {
    private final int size;
    private final int[] reversed;
    private final double[] cosines;
    private final double[] sines;

    /**
     * A transform of that length.
     *
     * @param size N, a power of two, at least 4
     */
    public RealFourierTransform(int size) {
        if (size < 4 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("The size [" + size + "] is not a power of two of at least 4");
        }
        this.size = size;
        int half = size / 2;
        this.reversed = new int[half];
        int bits = Integer.numberOfTrailingZeros(half);
        for (int i = 0; i < half; i++) {
            reversed[i] = Integer.reverse(i) >>> (Integer.SIZE - bits);
        }
        this.cosines = new double[half];
        this.sines = new double[half];
        for (int i = 0; i < half; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = -Math.sin(2 * Math.PI * i / size);
        }
    }

    /** The smallest length that a transform takes and that holds so many values. */
    public static int sizeFor(int values) {
        return Math.max(4, values <= 1 ? 1 : Integer.highestOneBit(values - 1) << 1);
    }

    /** The length N. */
    public int size() {
        return size;
    }

    /**
     * Transforms in place: {@code X[k] = sum over n of x[n] exp(-2 pi i k n / N)}.
     *
     * @param values [N]; afterwards the real parts of X[0] and X[N/2], then the real and imaginary part of each X[k], k from 1
     *     to N/2 - 1
     */
    public void forward(double[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException("The transform of [" + size + "] got [" + values.length + "] values");
        }
        reorder(values);
        firstStage(values);
        for (int span = 2; span < size / 2; span <<= 1) {
            stage(values, span);
        }
        separate(values);
    }

    /**
     * The squared magnitudes of a transform.
     *
     * @param transformed what {@link #forward} left, [N]
     * @param power [N/2 + 1], written
     */
    public void power(double[] transformed, double[] power) {
        power[0] = transformed[0] * transformed[0];
        power[size / 2] = transformed[1] * transformed[1];
        for (int k = 1; k < size / 2; k++) {
            double real = transformed[2 * k];
            double imaginary = transformed[2 * k + 1];
            power[k] = real * real + imaginary * imaginary;
        }
    }

    private void reorder(double[] values) {
        for (int i = 0; i < reversed.length; i++) {
            int j = reversed[i];
            if (i < j) {
                double real = values[2 * i];
                double imaginary = values[2 * i + 1];
                values[2 * i] = values[2 * j];
                values[2 * i + 1] = values[2 * j + 1];
                values[2 * j] = real;
                values[2 * j + 1] = imaginary;
            }
        }
    }

    /** Its only factor is 1. */
    private void firstStage(double[] values) {
        for (int i = 0; i < size; i += 4) {
            double real = values[i + 2];
            double imaginary = values[i + 3];
            values[i + 2] = values[i] - real;
            values[i + 3] = values[i + 1] - imaginary;
            values[i] += real;
            values[i + 1] += imaginary;
        }
    }

    /** Joins pairs of complex transforms of length {@code span} to transforms of twice the length. */
    private void stage(double[] values, int span) {
        int step = size / (2 * span);
        for (int start = 0; start < size; start += 4 * span) {
            for (int k = 0; k < span; k++) {
                double cosine = cosines[k * step];
                double sine = sines[k * step];
                int upper = start + 2 * k;
                int lower = upper + 2 * span;
                double real = values[lower] * cosine - values[lower + 1] * sine;
                double imaginary = values[lower] * sine + values[lower + 1] * cosine;
                values[lower] = values[upper] - real;
                values[lower + 1] = values[upper + 1] - imaginary;
                values[upper] += real;
                values[upper + 1] += imaginary;
            }
        }
    }

    /** Takes the transforms of the even and the odd values out of that of the complex ones, and joins them. */
    private void separate(double[] values) {
        double first = values[0];
        values[0] = first + values[1];
        values[1] = first - values[1];
        for (int k = 1; k <= size / 4; k++) {
            int low = 2 * k;
            int high = size - 2 * k;
            double evenReal = (values[low] + values[high]) / 2;
            double evenImaginary = (values[low + 1] - values[high + 1]) / 2;
            double oddReal = (values[low + 1] + values[high + 1]) / 2;
            double oddImaginary = (values[high] - values[low]) / 2;
            double real = oddReal * cosines[k] - oddImaginary * sines[k];
            double imaginary = oddReal * sines[k] + oddImaginary * cosines[k];
            values[low] = evenReal + real;
            values[low + 1] = evenImaginary + imaginary;
            values[high] = evenReal - real;
            values[high + 1] = imaginary - evenImaginary;
        }
    }
}

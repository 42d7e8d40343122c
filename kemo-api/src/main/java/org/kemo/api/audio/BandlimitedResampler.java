package org.kemo.api.audio;

import java.util.Arrays;
import org.kemo.api.KemoException;

/**
 * Changes the sample rate of sound without aliases: a sinc under a Kaiser window (Smith, Digital Audio Resampling, 2002), one
 * row of taps for each phase of the ratio of the two rates. Up to 0.9 of the lower Nyquist frequency the sound is kept to
 * within 0.001 dB, and from that Nyquist frequency on it is 96 dB down. There is no delay: what was at second t is at second t.
 *
 * <p>Since only the ratio counts, it also changes the speed of speech, and the pitch with it: {@code new
 * BandlimitedResampler(11, 10)} makes samples that, heard at the rate they had, are 1.1 times as fast.
 *
 * <p>Holds tables only: safe for use by several threads at once.
 */
public final class BandlimitedResampler {
    /** How far down what would fold back is: below the step of 16 bits. */
    private static final double STOPBAND_DECIBELS = 96;

    /** Where the fall begins, of the lower Nyquist frequency; it ends at 1. */
    private static final double PASSBAND = 0.9;

    /** 64 MiB of taps: ratios of audio rates take a few kilobytes. */
    private static final long MOST_TAPS = 1L << 24;

    /** Outputs at a time: what they need stays in the nearest cache. */
    private static final int BLOCK = 1024;

    private final int up;
    private final int down;
    private final int taps;
    private final float[] rows;

    /**
     * A resampler from one rate to another.
     *
     * @param from samples per second, or per any other time, of the input; above 0
     * @param to samples in the same time of the output; above 0
     * @throws KemoException category CONFIGURATION, for rates whose ratio has no terms of a usable size
     */
    public BandlimitedResampler(int from, int to) {
        if (from < 1 || to < 1) {
            throw KemoException.configuration(
                    "Sound cannot be resampled from [" + from + "] to [" + to + "] Hz.", "Give rates above 0.");
        }
        int divisor = greatestCommonDivisor(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        // Seconds are input samples here: the lower rate is 1, or less where there are fewer output samples.
        double lowerRate = Math.min(1, (double) up / down);
        double transition = (1 - PASSBAND) / 2 * lowerRate;
        // Kaiser, 1974: the length and the shape that the stopband needs.
        double length = (STOPBAND_DECIBELS - 7.95) / (14.36 * transition);
        double shape = 0.1102 * (STOPBAND_DECIBELS - 8.7);
        this.taps = 4 * (int) Math.ceil(length / 4);
        if ((long) taps * up > MOST_TAPS) {
            throw KemoException.configuration(
                    "Resampling from [" + from + "] to [" + to + "] Hz would take [" + (long) taps * up
                            + "] taps, since the rates have no large common divisor.",
                    "Choose a rate like 16000.");
        }
        this.rows = new float[taps * up];
        double cutoff = (1 + PASSBAND) / 2 * lowerRate;
        for (int phase = 0; phase < up; phase++) {
            fill(phase, cutoff, shape);
        }
    }

    /** How many samples come out for so many that go in: {@code ceil(samples * to / from)}. */
    public int length(int samples) {
        return Math.toIntExact(((long) samples * up + down - 1) / down);
    }

    /**
     * Resamples; what lies beyond the ends counts as 0.
     *
     * @param samples at the input rate
     * @return at the output rate, {@link #length} of them
     */
    public float[] resample(float[] samples) {
        if (up == down) {
            return samples.clone();
        }
        float[] output = new float[length(samples.length)];
        float[][] streams = streams(samples, output.length);
        Scratch scratch = Scratch.create();
        for (int phase = 0; phase < up; phase++) {
            int outputs = (output.length - phase + up - 1) / up;
            for (int first = 0; first < outputs; first += BLOCK) {
                int count = Math.min(BLOCK, outputs - first);
                filter(streams, phase, first, count, scratch);
                for (int n = 0; n < count; n++) {
                    output[(first + n) * up + phase] = scratch.sums()[n];
                }
            }
        }
        return output;
    }

    /** Stream m holds every down-th sample from the m-th on, so that outputs of one phase read neighbours. */
    private float[][] streams(float[] samples, int outputs) {
        int rounds = (lead() + taps) / down + outputs / up + 2;
        float[][] streams = new float[down][rounds];
        for (int n = 0; n < samples.length; n++) {
            int at = n + lead();
            streams[at % down][at / down] = samples[n];
        }
        return streams;
    }

    /** Zeros in front of the first sample. */
    private int lead() {
        return taps / 2 - 1;
    }

    /** The outputs {@code (first + n) * up + phase}; tap by tap, so that the inner loop runs over neighbours. */
    private void filter(float[][] streams, int phase, int first, int count, Scratch scratch) {
        Arrays.fill(scratch.sums(), 0);
        int row = phase * taps;
        // Output phase lies at input phase * down / up, and row phase holds the taps of that distance.
        int start = (int) ((long) phase * down / up);
        for (int i = 0; i < taps; i += 4) {
            scratch.load(streams, start + i, first, count);
            scratch.add(count, rows[row + i], rows[row + i + 1], rows[row + i + 2], rows[row + i + 3]);
        }
    }

    /** The taps for outputs {@code phase}, {@code phase + up}, ...; their sum is 1, so that a constant stays. */
    private void fill(int phase, double cutoff, double shape) {
        double[] row = new double[taps];
        double fraction = (double) ((long) phase * down % up) / up;
        double sum = 0;
        for (int i = 0; i < taps; i++) {
            double time = i - lead() - fraction;
            double edge = time / (taps / 2.0);
            double window = Math.abs(edge) >= 1 ? 0 : bessel(shape * Math.sqrt(1 - edge * edge));
            double angle = Math.PI * cutoff * time;
            row[i] = window * (Math.abs(angle) < 1e-12 ? 1 : Math.sin(angle) / angle);
            sum += row[i];
        }
        for (int i = 0; i < taps; i++) {
            rows[phase * taps + i] = (float) (row[i] / sum);
        }
    }

    /** The modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /**
     * Sums of one block, and the samples that the next four taps are multiplied with. They are copied to where the sums are,
     * since the compiler makes vector instructions of a loop over equal indices only, which is five times as fast.
     */
    @SuppressWarnings("ArrayRecordComponent") // Working memory, never compared.
    private record Scratch(float[] sums, float[] first, float[] second, float[] third, float[] fourth) {
        static Scratch create() {
            return new Scratch(
                    new float[BLOCK], new float[BLOCK], new float[BLOCK], new float[BLOCK], new float[BLOCK]);
        }

        void load(float[][] streams, int at, int from, int count) {
            copy(streams, at, from, count, first);
            copy(streams, at + 1, from, count, second);
            copy(streams, at + 2, from, count, third);
            copy(streams, at + 3, from, count, fourth);
        }

        void add(int count, float tap0, float tap1, float tap2, float tap3) {
            for (int n = 0; n < count; n++) {
                sums[n] += tap0 * first[n] + tap1 * second[n] + tap2 * third[n] + tap3 * fourth[n];
            }
        }

        private static void copy(float[][] streams, int at, int from, int count, float[] target) {
            System.arraycopy(streams[at % streams.length], at / streams.length + from, target, 0, count);
        }
    }
}

package org.kemo.prosody;

import java.util.Arrays;
import org.kemo.api.audio.FrameGrid;
import org.kemo.api.audio.RealFourierTransform;

/**
 * Finds the pitch of a frame as the highest peak of its autocorrelation: the frame less its mean is multiplied with a Hann
 * window, and the autocorrelation is divided by that of the window, so that a periodic sound has peaks of height 1 whatever
 * their lag (Boersma, 1993, eqs. 7 to 9). Holds tables only: safe for use by several threads at once, each with its own
 * {@link Frame}.
 */
final class PeriodicityAnalysis {
    /** Keeps digital silence from being divided by 0; far below one step of 24 bits. */
    private static final double LEAST_ENERGY = 1e-12;

    private final FrameGrid grid;
    private final double sampleRate;
    private final double octaveCost;
    private final double[] window;
    private final double[] windowCorrelation;
    private final int shortestLag;
    private final int longestLag;
    private final RealFourierTransform transform;

    PeriodicityAnalysis(ProsodyOptions options, FrameGrid grid) {
        this.grid = grid;
        this.sampleRate = options.sampleRate();
        this.octaveCost = options.octaveCost();
        int length = Math.toIntExact(Math.round(options.pitchWindowMillis() * options.sampleRate() / 1000));
        this.window = new double[length];
        for (int n = 0; n < length; n++) {
            window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (n + 1) / (length + 1));
        }
        this.shortestLag = (int) (options.sampleRate() / options.highestPitch());
        this.longestLag = (int) (options.sampleRate() / options.lowestPitch());
        this.transform = new RealFourierTransform(RealFourierTransform.sizeFor(length + longestLag + 2));
        Frame frame = frame();
        System.arraycopy(window, 0, frame.work(), 0, length);
        correlate(frame);
        this.windowCorrelation = new double[longestLag + 2];
        for (int lag = 0; lag < windowCorrelation.length; lag++) {
            windowCorrelation[lag] = frame.work()[lag == 0 ? 0 : 2 * lag] / frame.work()[0];
        }
    }

    /** Room for one frame. */
    Frame frame() {
        int size = transform.size();
        return new Frame(new double[size], new double[size / 2 + 1], new double[longestLag + 2]);
    }

    /**
     * The pitch and periodicity of a frame.
     *
     * @param samples of the clip
     * @param t the number of the frame; what lies beyond the ends of the clip counts as 0
     */
    Period analyze(float[] samples, int t, Frame frame) {
        load(samples, t * grid.stride() + (grid.length() - window.length) / 2, frame.work());
        correlate(frame);
        double[] correlation = frame.correlation();
        double energy = Math.max(frame.work()[0] / transform.size(), LEAST_ENERGY) * transform.size();
        for (int lag = shortestLag - 1; lag < correlation.length; lag++) {
            correlation[lag] = frame.work()[2 * lag] / energy / windowCorrelation[lag];
        }
        return strongest(correlation);
    }

    private void load(float[] samples, int start, double[] work) {
        int from = Math.max(0, -start);
        int to = Math.min(window.length, samples.length - start);
        Arrays.fill(work, 0);
        double mean = 0;
        for (int n = from; n < to; n++) {
            work[n] = samples[start + n];
            mean += work[n];
        }
        mean /= window.length;
        for (int n = 0; n < window.length; n++) {
            work[n] = (work[n] - mean) * window[n];
        }
    }

    /** The transform of the powers, which are real and even, is the autocorrelation: at lag k in the real part of X[k]. */
    private void correlate(Frame frame) {
        double[] work = frame.work();
        double[] power = frame.power();
        transform.forward(work);
        transform.power(work, power);
        int size = transform.size();
        System.arraycopy(power, 0, work, 0, power.length);
        for (int k = 1; k < size / 2; k++) {
            work[size - k] = power[k];
        }
        transform.forward(work);
    }

    /** Of all peaks the one with the greatest strength, less the octave cost (Boersma, 1993, eq. 24). */
    private Period strongest(double[] correlation) {
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = shortestLag; lag <= longestLag; lag++) {
            if (correlation[lag] > correlation[lag - 1] && correlation[lag] >= correlation[lag + 1]) {
                double score =
                        Math.min(correlation[lag], 1) - octaveCost * Math.log((double) lag / shortestLag) / Math.log(2);
                if (score > bestScore) {
                    best = lag;
                    bestScore = score;
                }
            }
        }
        if (best == 0) {
            return new Period(0, 0);
        }
        double before = correlation[best - 1];
        double after = correlation[best + 1];
        double curvature = before - 2 * correlation[best] + after;
        double shift = Math.abs(curvature) < 1e-9 ? 0 : (before - after) / 2 / curvature;
        double lag = best + Math.max(-0.5, Math.min(0.5, shift));
        return new Period(sampleRate / lag, Math.max(0, Math.min(1, correlation[best])));
    }

    /**
     * What was found in a frame.
     *
     * @param frequency in Hz; 0 where there is no peak
     * @param periodicity the height of the peak, 0 to 1: for noise near 0, for a periodic sound near 1
     */
    record Period(double frequency, double periodicity) {}

    /**
     * Room for one frame.
     *
     * @param work for the transform, [N]
     * @param power of the frame, [N/2 + 1]
     * @param correlation normalised, by lag
     */
    @SuppressWarnings("ArrayRecordComponent") // Working memory, never compared.
    record Frame(double[] work, double[] power, double[] correlation) {}
}

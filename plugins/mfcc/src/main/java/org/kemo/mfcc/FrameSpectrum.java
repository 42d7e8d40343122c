package org.kemo.mfcc;

import java.util.Arrays;
import org.kemo.api.audio.FrameGrid;
import org.kemo.api.audio.RealFourierTransform;

/**
 * The way of one frame from samples to a spectrum: mean, energy, pre-emphasis, window, Fourier transform, in HTK's order.
 * Holds tables only: safe for use by several threads at once, each with its own {@link Frame}.
 */
final class FrameSpectrum {
    /** HTK has no floor here but the least logarithm; one of 1 is as good as silence in 16-bit integers. */
    private static final double ENERGY_FLOOR = 1;

    private final MfccOptions options;
    private final FrameGrid grid;
    private final RealFourierTransform transform;
    private final double[] window;

    FrameSpectrum(MfccOptions options, FrameGrid grid) {
        this.options = options;
        this.grid = grid;
        this.transform = new RealFourierTransform(RealFourierTransform.sizeFor(grid.length()));
        this.window = window(options.window(), grid.length());
    }

    /** The length of the Fourier transform. */
    int transformSize() {
        return transform.size();
    }

    /** Room for one frame. */
    Frame frame() {
        return new Frame(new double[transform.size()], new double[transform.size() / 2 + 1]);
    }

    /**
     * Computes the spectrum of a frame.
     *
     * @param samples of the clip
     * @param start where the frame begins; what lies beyond the clip's end counts as 0
     * @param frame its spectrum is written: powers or magnitudes, [N/2 + 1]
     * @return the logarithm of the frame's energy
     */
    double analyze(float[] samples, int start, Frame frame) {
        double[] work = frame.work();
        load(samples, start, work);
        double energy = options.rawEnergy() ? energy(work) : 0;
        emphasize(work);
        for (int n = 0; n < window.length; n++) {
            work[n] *= window[n];
        }
        if (!options.rawEnergy()) {
            energy = energy(work);
        }
        transform.forward(work);
        transform.power(work, frame.spectrum());
        if (!options.power()) {
            for (int k = 0; k < frame.spectrum().length; k++) {
                frame.spectrum()[k] = Math.sqrt(frame.spectrum()[k]);
            }
        }
        return Math.log(Math.max(energy, ENERGY_FLOOR));
    }

    private void load(float[] samples, int start, double[] work) {
        int present = Math.min(grid.length(), samples.length - start);
        double mean = 0;
        for (int n = 0; n < present; n++) {
            work[n] = samples[start + n] * options.fullScale();
            mean += work[n];
        }
        Arrays.fill(work, present, work.length, 0);
        if (options.zeroMeanSource()) {
            mean /= grid.length();
            for (int n = 0; n < grid.length(); n++) {
                work[n] -= mean;
            }
        }
    }

    /** {@code x[n] - k x[n-1]}, from the end; the first sample stands for the one before it (HTK Book, eq. 5.1). */
    private void emphasize(double[] work) {
        double factor = options.preEmphasis();
        for (int n = grid.length() - 1; n > 0; n--) {
            work[n] -= factor * work[n - 1];
        }
        work[0] -= factor * work[0];
    }

    private double energy(double[] work) {
        double sum = 0;
        for (int n = 0; n < grid.length(); n++) {
            sum += work[n] * work[n];
        }
        return sum;
    }

    private static double[] window(MfccOptions.Window kind, int length) {
        double[] values = new double[length];
        for (int n = 0; n < length; n++) {
            double cosine = length == 1 ? -1 : Math.cos(2 * Math.PI * n / (length - 1));
            values[n] = switch (kind) {
                case HAMMING -> 0.54 - 0.46 * cosine;
                case HANN -> 0.5 - 0.5 * cosine;
                case POVEY -> Math.pow(0.5 - 0.5 * cosine, 0.85);
                case RECTANGULAR -> 1;
            };
        }
        return values;
    }

    /**
     * Room for one frame.
     *
     * @param work for the transform, [N]
     * @param spectrum the result, [N/2 + 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // Working memory, never compared.
    record Frame(double[] work, double[] spectrum) {}
}

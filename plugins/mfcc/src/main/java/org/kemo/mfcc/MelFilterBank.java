package org.kemo.mfcc;

import java.util.Arrays;

/**
 * Triangular filters spaced evenly on the mel scale, {@code mel(f) = 1127 ln(1 + f / 700)}; each rises from the centre of the
 * one before it to 1 at its own and falls to the centre of the next, straight in mel (HTK Book, section 5.4; Kaldi's are the
 * same). Holds tables only: safe for use by several threads at once.
 */
final class MelFilterBank {
    /** Up to here a warp is a plain multiplication: the formants end there (Jaitly and Hinton, 2013). */
    private static final double HIGHEST_FORMANT = 4800;

    private final int[] first;
    private final double[][] weights;

    /**
     * A bank for spectra of that size.
     *
     * @param channels the number of filters M
     * @param lowFrequency where the first filter begins, in Hz
     * @param highFrequency where the last filter ends, in Hz
     * @param transformSize N of the Fourier transform
     * @param sampleRate in Hz
     * @param warp what frequencies are multiplied with before a filter hears them; 1 for none
     */
    MelFilterBank(
            int channels, double lowFrequency, double highFrequency, int transformSize, int sampleRate, double warp) {
        this.first = new int[channels];
        this.weights = new double[channels][];
        double low = mel(lowFrequency);
        double step = (mel(highFrequency) - low) / (channels + 1);
        int bins = transformSize / 2 + 1;
        for (int channel = 0; channel < channels; channel++) {
            double left = low + channel * step;
            double[] all = new double[bins];
            int begin = bins;
            int end = 0;
            // Bin 0 is the mean, which no filter hears.
            for (int bin = 1; bin < bins; bin++) {
                double frequency = warped((double) bin * sampleRate / transformSize, sampleRate / 2.0, warp);
                double rise = (mel(frequency) - left) / step;
                all[bin] = Math.min(rise, 2 - rise);
                if (all[bin] > 0) {
                    begin = Math.min(begin, bin);
                    end = bin + 1;
                }
            }
            first[channel] = begin;
            weights[channel] = end > begin ? Arrays.copyOfRange(all, begin, end) : new double[0];
        }
    }

    /** The number of filters M. */
    int channels() {
        return first.length;
    }

    /**
     * The output of each filter.
     *
     * @param spectrum [N/2 + 1]
     * @param outputs [M], written
     */
    void apply(double[] spectrum, double[] outputs) {
        for (int channel = 0; channel < first.length; channel++) {
            double[] filter = weights[channel];
            int begin = first[channel];
            double sum = 0;
            for (int i = 0; i < filter.length; i++) {
                sum += filter[i] * spectrum[begin + i];
            }
            outputs[channel] = sum;
        }
    }

    /** Straight up to the highest formant, and from there straight to half the sample rate, which stays where it is. */
    private static double warped(double frequency, double highest, double factor) {
        double formant = Math.min(HIGHEST_FORMANT, 0.6 * highest) * Math.min(factor, 1);
        double knee = formant / factor;
        return frequency <= knee
                ? frequency * factor
                : highest - (highest - formant) / (highest - knee) * (highest - frequency);
    }

    private static double mel(double frequency) {
        return 1127 * Math.log1p(frequency / 700);
    }
}

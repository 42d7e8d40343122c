package org.kemo.mfcc;

import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * The options, named after HTK's configuration variables, which stand in brackets.
 *
 * @param sampleRate of the clips, in Hz; another is an error, since the numbers would mean something else
 * @param windowMillis length of a frame [WINDOWSIZE]
 * @param strideMillis from the beginning of a frame to that of the next [TARGETRATE]
 * @param window what a frame is multiplied with [USEHAMMING]
 * @param zeroMeanSource whether each frame's mean is taken from it first [ZMEANSOURCE]
 * @param preEmphasis k in x[n] - k x[n-1] [PREEMCOEF]
 * @param power whether the filters sum powers and not magnitudes [USEPOWER]
 * @param channels filters, spaced evenly on the mel scale [NUMCHANS]
 * @param lowFrequency where the first filter begins, in Hz [LOFREQ]
 * @param highFrequency where the last filter ends, in Hz; 0 for half the sample rate [HIFREQ]
 * @param warp what frequencies are multiplied with before the filters hear them, up to the highest formant; another than 1
 *     makes another voice of a recorded one, for training (vocal tract length perturbation, Jaitly and Hinton, 2013) [WARPFREQ]
 * @param cepstra coefficients from the first on [NUMCEPS]
 * @param lifter L in 1 + L/2 sin(pi n / L); 0 for none [CEPLIFTER]
 * @param energy what is appended to the cepstra [_E, _0]
 * @param rawEnergy whether the log energy is taken before pre-emphasis and window [RAWENERGY]
 * @param normalizeEnergy whether the log energy is said relative to the clip's largest: 1 - 0.1 (max - E), with a floor 50 dB
 *     under the largest [ENORMALISE, ESCALE, SILFLOOR]
 * @param cepstralMeanNormalization whether the clip's mean is taken from each cepstral coefficient, the zeroth too [_Z]
 * @param deltas whether first derivatives are appended [_D]
 * @param deltaWindow frames on either side that they look at [DELTAWINDOW]
 * @param accelerations whether second derivatives are appended [_A]
 * @param accelerationWindow frames on either side that they look at [ACCWINDOW]
 * @param fullScale what a sample at full scale counts, since the floors are absolute; HTK reads 16-bit integers
 * @param melFloor the least output of a filter [MELFLOOR]
 */
record MfccOptions(
        @Option(value = "Sample rate of the clips", defaultValue = "16000", unit = "Hz", min = 1) int sampleRate,
        @Option(value = "Length of a frame", defaultValue = "25", unit = "ms", min = 1, max = 1000) double windowMillis,
        @Option(
                        value = "From the beginning of a frame to that of the next",
                        defaultValue = "10",
                        unit = "ms",
                        min = 1,
                        max = 1000)
                double strideMillis,
        @Option(value = "What a frame is multiplied with", defaultValue = "hamming") Window window,
        @Option(value = "Whether each frame's mean is taken from it first", defaultValue = "false")
                boolean zeroMeanSource,
        @Option(value = "k in x[n] - k x[n-1]", defaultValue = "0.97", min = 0, max = 1) double preEmphasis,
        @Option(value = "Whether the filters sum powers and not magnitudes", defaultValue = "false") boolean power,
        @Option(value = "Filters, spaced evenly on the mel scale", defaultValue = "26", min = 2, max = 512)
                int channels,
        @Option(value = "Where the first filter begins", defaultValue = "0", unit = "Hz", min = 0) double lowFrequency,
        @Option(
                        value = "Where the last filter ends; 0 for half the sample rate",
                        defaultValue = "0",
                        unit = "Hz",
                        min = 0)
                double highFrequency,
        @Option(
                        value =
                                "What frequencies are multiplied with before the filters hear them: other than 1 for other"
                                        + " voices in training",
                        defaultValue = "1",
                        min = 0.5,
                        max = 2)
                double warp,
        @Option(value = "Cepstral coefficients, from the first on", defaultValue = "12", min = 1, max = 512)
                int cepstra,
        @Option(value = "L in 1 + L/2 sin(pi n / L); 0 for none", defaultValue = "22", min = 0) double lifter,
        @Option(value = "What is appended to the cepstra", defaultValue = "log") Energy energy,
        @Option(value = "Whether the log energy is taken before pre-emphasis and window", defaultValue = "true")
                boolean rawEnergy,
        @Option(
                        value =
                                "Whether the log energy is said relative to the clip's largest: 1 - 0.1 (max - E), at most 50 dB under it",
                        defaultValue = "false")
                boolean normalizeEnergy,
        @Option(
                        value = "Whether the clip's mean is taken from each cepstral coefficient, the zeroth too",
                        defaultValue = "false")
                boolean cepstralMeanNormalization,
        @Option(value = "Whether first derivatives are appended", defaultValue = "true") boolean deltas,
        @Option(
                        value = "How far the first derivatives look on either side",
                        defaultValue = "2",
                        unit = "frames",
                        min = 1,
                        max = 100)
                int deltaWindow,
        @Option(value = "Whether second derivatives are appended", defaultValue = "true") boolean accelerations,
        @Option(
                        value = "How far the second derivatives look on either side",
                        defaultValue = "2",
                        unit = "frames",
                        min = 1,
                        max = 100)
                int accelerationWindow,
        @Option(
                        value = "What a sample at full scale counts, since the floors are absolute; HTK reads integers",
                        defaultValue = "32768",
                        min = 1e-9)
                double fullScale,
        @Option(value = "The least output of a filter", defaultValue = "1", min = 0) double melFloor) {
    /** Checks what has to fit together. */
    MfccOptions {
        if (cepstra >= channels) {
            throw KemoException.configuration(
                    "mfcc cannot take [" + cepstra + "] cepstra from [" + channels + "] channels.",
                    "Set cepstra below channels.");
        }
        double upper = highFrequency == 0 ? sampleRate / 2.0 : highFrequency;
        if (upper > sampleRate / 2.0 || lowFrequency >= upper) {
            throw KemoException.configuration(
                    "mfcc cannot place filters from [" + lowFrequency + "] to [" + upper + "] Hz at a sample rate of ["
                            + sampleRate + "] Hz.",
                    "Set lowFrequency below highFrequency, and that at or below half the sample rate.");
        }
        if (accelerations && !deltas) {
            throw KemoException.configuration(
                    "mfcc takes accelerations from deltas, but [deltas: false] leaves them out.",
                    "Set both, or neither.");
        }
    }

    /** Where the last filter ends, in Hz. */
    double upperFrequency() {
        return highFrequency == 0 ? sampleRate / 2.0 : highFrequency;
    }

    /** What a frame is multiplied with; n from 0 to N - 1, x = 2 pi n / (N - 1). */
    enum Window {
        /** 0.54 - 0.46 cos x. */
        HAMMING,
        /** 0.5 - 0.5 cos x. */
        HANN,
        /** The Hann window to the power of 0.85, Kaldi's own. */
        POVEY,
        /** 1. */
        RECTANGULAR
    }

    /** What is appended to the cepstra. */
    enum Energy {
        /** The logarithm of the sum of the squared samples. */
        LOG,
        /** The zeroth cepstral coefficient, without lifter. */
        C0,
        /** Nothing. */
        NONE
    }
}

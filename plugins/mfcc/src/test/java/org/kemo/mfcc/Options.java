package org.kemo.mfcc;

/** Options that differ from the defaults in what a test is about. */
final class Options {
    boolean power;
    double melFloor = 1;
    int channels = 26;
    int cepstra = 12;
    double warp = 1;
    double highFrequency;
    MfccOptions.Window window = MfccOptions.Window.HAMMING;
    MfccOptions.Energy energy = MfccOptions.Energy.LOG;
    boolean zeroMeanSource;
    boolean normalizeEnergy;
    boolean cepstralMeanNormalization;
    boolean deltas = true;
    boolean accelerations = true;

    MfccOptions build() {
        return new MfccOptions(
                16_000,
                25,
                10,
                window,
                zeroMeanSource,
                0.97,
                power,
                channels,
                0,
                highFrequency,
                warp,
                cepstra,
                22,
                energy,
                true,
                normalizeEnergy,
                cepstralMeanNormalization,
                deltas,
                2,
                accelerations,
                2,
                32_768,
                melFloor);
    }
}

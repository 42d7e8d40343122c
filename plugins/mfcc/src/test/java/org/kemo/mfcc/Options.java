package org.kemo.mfcc;

/** Options that differ from the defaults in what a test is about. */
final class Options {
    boolean power;
    double preEmphasis = 0.97;
    double lifter = 22;
    double fullScale = 32_768;
    double melFloor = 1;
    int channels = 26;
    int cepstra = 12;
    double warp = 1;
    double lowFrequency;
    double highFrequency;
    MfccOptions.Window window = MfccOptions.Window.HAMMING;
    MfccOptions.Energy energy = MfccOptions.Energy.LOG;
    boolean zeroMeanSource;
    boolean rawEnergy = true;
    boolean normalizeEnergy;
    boolean cepstralMeanNormalization;
    boolean deltas = true;
    int deltaWindow = 2;
    boolean accelerations = true;
    int accelerationWindow = 2;

    MfccOptions build() {
        return new MfccOptions(
                16_000,
                25,
                10,
                window,
                zeroMeanSource,
                preEmphasis,
                power,
                channels,
                lowFrequency,
                highFrequency,
                warp,
                cepstra,
                lifter,
                energy,
                rawEnergy,
                normalizeEnergy,
                cepstralMeanNormalization,
                deltas,
                deltaWindow,
                accelerations,
                accelerationWindow,
                fullScale,
                melFloor);
    }
}

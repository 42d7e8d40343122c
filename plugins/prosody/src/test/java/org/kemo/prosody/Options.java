package org.kemo.prosody;

/** The defaults, with what a test is about. */
final class Options {
    private Options() {}

    static ProsodyOptions withScale(ProsodyOptions.Scale scale) {
        return new ProsodyOptions(16_000, 25, 10, 40, 70, 600, 0.02, 0.5, 35, 5, scale, 55, false, 2);
    }

    static ProsodyOptions withDeltas() {
        return new ProsodyOptions(
                16_000, 25, 10, 40, 70, 600, 0.02, 0.5, 35, 5, ProsodyOptions.Scale.SEMITONES, 55, true, 2);
    }

    static ProsodyOptions withPitch(double lowest, double highest, double windowMillis) {
        return new ProsodyOptions(
                16_000, 25, 10, windowMillis, lowest, highest, 0.02, 0.5, 35, 5, ProsodyOptions.Scale.HZ, 55, false, 2);
    }

    static ProsodyOptions withMedian(int frames) {
        return new ProsodyOptions(
                16_000, 25, 10, 40, 70, 600, 0.02, 0.5, 35, frames, ProsodyOptions.Scale.HZ, 55, false, 2);
    }
}

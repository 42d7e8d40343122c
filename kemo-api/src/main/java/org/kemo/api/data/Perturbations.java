package org.kemo.api.data;

/** The changes to a waveform that come with Kemo. Equal arguments give equal perturbations and the same bits on every machine. */
public final class Perturbations {
    private Perturbations() {}

    /**
     * Adds normal white noise over the whole clip. A silent clip stays silent: no noise stands in a ratio to it.
     *
     * @param signalToNoise mean power of the clip over mean power of the noise, in dB
     * @param seed of the noise
     */
    public static Perturbation whiteNoise(double signalToNoise, long seed) {
        return new WhiteNoise(signalToNoise, seed);
    }

    /**
     * Keeps one part of the clip, at least one sample.
     *
     * @param from where it begins, as a share of the clip, from 0 and below 1
     * @param share how long it is, as a share of the clip, above 0 and at most 1 - {@code from}
     */
    public static Perturbation cut(double from, double share) {
        return new Cut(from, share);
    }

    /**
     * Plays the clip faster or slower, pitch and tempo together, at the same sample rate.
     *
     * @param factor 2 for twice as fast; from 0.25 to 4, rounded to three decimals
     */
    public static Perturbation speed(double factor) {
        return new Speed(factor);
    }

    /**
     * Makes the clip louder or softer.
     *
     * @param decibels of amplitude; 6 about doubles it
     */
    public static Perturbation gain(double decibels) {
        return new Gain(decibels);
    }

    /** Leaves nothing to hear, for as long as the clip is: a microphone that failed. */
    public static Perturbation silence() {
        return new Silence();
    }
}

package org.kemo.api.audio;

/**
 * Turns a waveform into a waveform: trimming, denoising, resampling. A pure function of its input and options, safe for
 * use by several threads at once; it does not write to the samples that it is given.
 */
@FunctionalInterface
public interface AudioPreprocessor {
    /**
     * The processed waveform, which may be empty where nothing is left.
     *
     * @param waveform may be empty or silent
     */
    Waveform process(Waveform waveform);
}

package org.kemo.api.audio;

import java.util.Objects;
import org.kemo.api.KemoException;

/**
 * Mono sound. The array is shared, not copied: whoever gets a waveform does not write to it.
 *
 * @param samples amplitudes, full scale at -1 and 1, all finite; may be empty
 * @param sampleRate in Hz, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // A copy of every waveform at every step would cost more than it protects.
public record Waveform(float[] samples, int sampleRate) {
    /** Checks the sample rate and that every sample is finite. */
    public Waveform {
        Objects.requireNonNull(samples, "samples");
        if (sampleRate <= 0) {
            throw KemoException.input("The sample rate [" + sampleRate + "] is not positive.", "Give it in Hz.");
        }
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw KemoException.input(
                        "The sample at [" + i + "] is [" + samples[i] + "], not a number that can be heard.",
                        "Repair or leave out the recording.");
            }
        }
    }

    /** The length in seconds. */
    public double seconds() {
        return (double) samples.length / sampleRate;
    }

    /** The samples from {@code from} to {@code to}, the latter not included. */
    public Waveform slice(int from, int to) {
        return new Waveform(java.util.Arrays.copyOfRange(samples, from, to), sampleRate);
    }
}

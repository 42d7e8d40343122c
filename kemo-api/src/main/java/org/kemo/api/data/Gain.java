package org.kemo.api.data;

import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/** Another loudness; see {@link Perturbations#gain}. */
record Gain(double decibels) implements Perturbation {
    private static final double DECIBELS_FOR_TENFOLD_AMPLITUDE = 20;

    Gain {
        if (!Double.isFinite(decibels)) {
            throw KemoException.configuration(
                    "The gain [" + decibels + "] is not a number of dB.", "Use -6, for example, or silence.");
        }
    }

    @Override
    public Waveform apply(Waveform waveform) {
        float factor = (float) StrictMath.pow(10, decibels / DECIBELS_FOR_TENFOLD_AMPLITUDE);
        float[] samples = waveform.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= factor;
        }
        return new Waveform(samples, waveform.sampleRate());
    }

    @Override
    public String fingerprint() {
        return "gain(" + decibels + " dB)";
    }
}

package org.kemo.api.data;

import org.kemo.api.audio.Waveform;

/** Nothing to hear; see {@link Perturbations#silence}. */
record Silence() implements Perturbation {
    @Override
    public Waveform apply(Waveform waveform) {
        return new Waveform(new float[waveform.samples().length], waveform.sampleRate());
    }

    @Override
    public String fingerprint() {
        return "silence";
    }
}

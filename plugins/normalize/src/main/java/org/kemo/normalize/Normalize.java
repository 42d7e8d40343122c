package org.kemo.normalize;

import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.Waveform;

/** The preprocessor. Immutable; safe for use by several threads at once. */
final class Normalize implements AudioPreprocessor {
    /** A clip below this, far under one step of 24 bits, is silence: there is nothing in it to make loud. */
    private static final double SILENCE = 1e-9;

    private final NormalizeOptions options;

    Normalize(NormalizeOptions options) {
        this.options = options;
    }

    @Override
    public Waveform process(Waveform waveform) {
        double measured =
                switch (options.measure()) {
                    case PEAK -> peak(waveform.samples());
                    case RMS -> rootMeanSquare(waveform.samples());
                };
        if (measured < SILENCE) {
            return waveform;
        }
        double gain = Math.pow(10, options.level() / 20) / measured;
        float[] samples = new float[waveform.samples().length];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = (float) (gain * waveform.samples()[n]);
        }
        return new Waveform(samples, waveform.sampleRate());
    }

    private static double peak(float[] samples) {
        double peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double rootMeanSquare(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
    }
}

package org.kemo.api.data;

import java.util.Random;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/** Normal white noise at a ratio to the clip; see {@link Perturbations#whiteNoise}. */
record WhiteNoise(double signalToNoise, long seed) implements Perturbation {
    WhiteNoise {
        if (!Double.isFinite(signalToNoise)) {
            throw KemoException.configuration(
                    "The ratio of signal to noise [" + signalToNoise + "] is not a number of dB.",
                    "Use 10, for example.");
        }
    }

    @Override
    public Waveform apply(Waveform waveform) {
        float[] samples = waveform.samples().clone();
        double power = 0;
        for (float sample : samples) {
            power += (double) sample * sample;
        }
        double deviation = Math.sqrt(power / Math.max(1, samples.length) / StrictMath.pow(10, signalToNoise / 10));
        // Random's numbers are specified, those of other generators are not.
        Random random = new Random(seed);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (float) (deviation * random.nextGaussian());
        }
        return new Waveform(samples, waveform.sampleRate());
    }

    @Override
    public String fingerprint() {
        return "white-noise(" + signalToNoise + " dB, seed " + seed + ")";
    }
}

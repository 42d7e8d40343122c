package org.kemo.api.data;

import org.kemo.api.KemoException;
import org.kemo.api.audio.BandlimitedResampler;
import org.kemo.api.audio.Waveform;

/** Another speed, to three decimals; see {@link Perturbations#speed}. */
record Speed(double factor) implements Perturbation {
    private static final double SLOWEST = 0.25;
    private static final double FASTEST = 4;
    private static final int STEPS = 1000;

    Speed {
        if (!(factor >= SLOWEST && factor <= FASTEST)) {
            throw KemoException.configuration(
                    "The speed [" + factor + "] is outside of 0.25 to 4.", "Use 1.1, for example, for a tenth faster.");
        }
        factor = (double) Math.round(factor * STEPS) / STEPS;
    }

    @Override
    public Waveform apply(Waveform waveform) {
        int thousandths = (int) Math.round(factor * STEPS);
        return new Waveform(
                new BandlimitedResampler(thousandths, STEPS).resample(waveform.samples()), waveform.sampleRate());
    }

    @Override
    public String fingerprint() {
        return "speed(" + factor + ")";
    }
}

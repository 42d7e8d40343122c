package org.kemo.api.data;

import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/**
 * Another speed; see {@link Perturbations#speed}. The clip is sampled anew at the times n times the factor, through a low pass that
 * keeps what would fold over from being heard: a sinc with {@value #ZERO_CROSSINGS} zero crossings on either side in a Kaiser
 * window (Smith, 2002: Digital Audio Resampling).
 */
record Speed(double factor) implements Perturbation {
    private static final double SLOWEST = 0.25;
    private static final double FASTEST = 4;
    private static final int ZERO_CROSSINGS = 32;
    private static final int STEPS_FOR_EACH_CROSSING = 512;
    private static final double KAISER_BETA = 9;
    // The pass band ends this far below half the sample rate, where the transition of the filter has room.
    private static final double ROLL_OFF = 0.945;

    Speed {
        if (!(factor >= SLOWEST && factor <= FASTEST)) {
            throw KemoException.configuration(
                    "The speed [" + factor + "] is outside of 0.25 to 4.", "Use 1.1, for example, for a tenth faster.");
        }
    }

    @Override
    public Waveform apply(Waveform waveform) {
        float[] samples = waveform.samples();
        if (samples.length == 0 || factor == 1) {
            return waveform;
        }
        double cutOff = ROLL_OFF * Math.min(1, 1 / factor);
        float[] kernel = kernel();
        float[] changed = new float[Math.max(1, (int) Math.round(samples.length / factor))];
        for (int n = 0; n < changed.length; n++) {
            changed[n] = (float) interpolate(samples, n * factor, cutOff, kernel);
        }
        return new Waveform(changed, waveform.sampleRate());
    }

    @Override
    public String fingerprint() {
        return "speed(" + factor + ")";
    }

    /** The low-passed sound at a time in samples. */
    private static double interpolate(float[] samples, double time, double cutOff, float[] kernel) {
        double reach = ZERO_CROSSINGS / cutOff;
        int first = Math.max(0, (int) Math.ceil(time - reach));
        int last = Math.min(samples.length - 1, (int) Math.floor(time + reach));
        double sum = 0;
        for (int k = first; k <= last; k++) {
            double at = Math.abs(time - k) * cutOff * STEPS_FOR_EACH_CROSSING;
            int step = (int) at;
            double beyond = at - step;
            sum += samples[k] * ((1 - beyond) * kernel[step] + beyond * kernel[step + 1]);
        }
        return cutOff * sum;
    }

    /** One half of the windowed sinc, from its middle to past its end, so that its neighbours can be interpolated. */
    private static float[] kernel() {
        int end = ZERO_CROSSINGS * STEPS_FOR_EACH_CROSSING;
        float[] kernel = new float[end + 2];
        kernel[0] = 1;
        for (int i = 1; i < end; i++) {
            double x = Math.PI * i / STEPS_FOR_EACH_CROSSING;
            double along = (double) i / end;
            double window = bessel(KAISER_BETA * Math.sqrt(1 - along * along)) / bessel(KAISER_BETA);
            kernel[i] = (float) (StrictMath.sin(x) / x * window);
        }
        return kernel;
    }

    /** The modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-16; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}

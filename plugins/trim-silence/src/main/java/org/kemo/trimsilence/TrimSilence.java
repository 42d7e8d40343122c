package org.kemo.trimsilence;

import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.FrameGrid;
import org.kemo.api.audio.Waveform;

/**
 * The preprocessor. Frame t is centred on sample t * stride, and beyond the ends there are zeros. Immutable; safe for use by
 * several threads at once.
 */
final class TrimSilence implements AudioPreprocessor {
    /** Frames whose mean square is below this, -100 dB, count as equally quiet; so a silent clip has no quieter ends. */
    private static final double LEAST_POWER = 1e-10;

    private final TrimSilenceOptions options;

    TrimSilence(TrimSilenceOptions options) {
        this.options = options;
    }

    @Override
    public Waveform process(Waveform waveform) {
        float[] samples = waveform.samples();
        FrameGrid grid = FrameGrid.ofMillis(options.windowMillis(), options.strideMillis(), waveform.sampleRate());
        double[] powers = powers(samples, grid);
        double loudest = LEAST_POWER;
        for (double power : powers) {
            loudest = Math.max(loudest, power);
        }
        double threshold = loudest * Math.pow(10, -options.topDecibels() / 10);
        int first = 0;
        while (powers[first] <= threshold && powers[first] < loudest) {
            first++;
        }
        int last = powers.length - 1;
        while (powers[last] <= threshold && powers[last] < loudest) {
            last--;
        }
        long margin = Math.round(options.marginMillis() * waveform.sampleRate() / 1000);
        int from = (int) Math.max(0, (long) first * grid.stride() - margin);
        int to = (int) Math.min(samples.length, (last + 1L) * grid.stride() + margin);
        return from == 0 && to == samples.length ? waveform : waveform.slice(from, to);
    }

    private static double[] powers(float[] samples, FrameGrid grid) {
        double[] powers = new double[1 + samples.length / grid.stride()];
        for (int t = 0; t < powers.length; t++) {
            int start = t * grid.stride() - grid.length() / 2;
            double sum = 0;
            for (int n = Math.max(0, start); n < Math.min(samples.length, start + grid.length()); n++) {
                sum += (double) samples[n] * samples[n];
            }
            powers[t] = Math.max(LEAST_POWER, sum / grid.length());
        }
        return powers;
    }
}

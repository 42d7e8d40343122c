package org.kemo.runtime.report;

import java.util.Locale;
import org.kemo.api.audio.Waveform;

/** A waveform as an SVG drawing: for each column the smallest and the largest sample in it. */
final class WaveformDrawing {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 96;

    private WaveformDrawing() {}

    static String svg(Waveform waveform) {
        float[] samples = waveform.samples();
        float peak = 1e-4f;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        StringBuilder path = new StringBuilder();
        for (int x = 0; x < WIDTH; x++) {
            int from = (int) ((long) x * samples.length / WIDTH);
            int to = Math.max(from + 1, (int) ((long) (x + 1) * samples.length / WIDTH));
            float low = 0;
            float high = 0;
            for (int i = from; i < Math.min(to, samples.length); i++) {
                low = Math.min(low, samples[i]);
                high = Math.max(high, samples[i]);
            }
            path.append(String.format(Locale.ROOT, "M%d %.1fV%.1f", x, y(high / peak), y(low / peak) + 0.5));
        }
        return "<svg class=\"wave\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"waveform\"><path d=\"" + path
                + "\"/></svg>";
    }

    private static double y(double level) {
        return HEIGHT / 2.0 * (1 - 0.96 * level);
    }
}

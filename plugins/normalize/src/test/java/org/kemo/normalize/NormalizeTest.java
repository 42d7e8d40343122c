package org.kemo.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.kemo.api.audio.Waveform;

class NormalizeTest {
    private final Waveform clip = new Waveform(new float[] {0.3f, -0.4f, 0, 0}, 16_000);

    @Test
    void bringsThePeakToItsLevel() {
        float[] samples = normalized(NormalizeOptions.Measure.PEAK, -20, clip);

        assertThat(samples).containsExactly(new float[] {0.075f, -0.1f, 0, 0}, offset(1e-7f));
    }

    @Test
    void bringsTheRootMeanSquareToItsLevel() {
        // The clip's own is 0.25.
        float[] samples = normalized(NormalizeOptions.Measure.RMS, -20, clip);

        assertThat(samples).containsExactly(new float[] {0.12f, -0.16f, 0, 0}, offset(1e-7f));
    }

    @Test
    void leavesSilenceAndNothingAsTheyAre() {
        assertThat(normalized(NormalizeOptions.Measure.RMS, -3, new Waveform(new float[3], 16_000)))
                .containsExactly(0, 0, 0);
        assertThat(normalized(NormalizeOptions.Measure.RMS, -3, new Waveform(new float[0], 16_000)))
                .isEmpty();
    }

    @Test
    void doesNotWriteToTheClip() {
        normalized(NormalizeOptions.Measure.PEAK, 0, clip);

        assertThat(clip.samples()).containsExactly(0.3f, -0.4f, 0, 0);
    }

    private static float[] normalized(NormalizeOptions.Measure measure, double level, Waveform clip) {
        return new NormalizeFactory()
                .create(new NormalizeOptions(measure, level))
                .process(clip)
                .samples();
    }
}

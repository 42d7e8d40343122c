package org.kemo.resample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.Waveform;

class ResampleTest {
    private final AudioPreprocessor resample = new ResampleFactory().create(new ResampleOptions(16_000));

    @Test
    void leavesLessThanHalfAPercentOfATestToneThatWouldFoldBack() {
        float[] tone = new float[44_100];
        for (int n = 0; n < tone.length; n++) {
            tone[n] = (float) Math.sin(2 * Math.PI * 10_000 * n / 44_100);
        }

        Waveform output = resample.process(new Waveform(tone, 44_100));

        assertThat(output.sampleRate()).isEqualTo(16_000);
        assertThat(output.samples()).hasSize(16_000);
        assertThat(rootMeanSquare(output.samples())).isLessThan(0.005 * rootMeanSquare(tone));
    }

    @Test
    void leavesAClipOfThatRateAsItIs() {
        Waveform clip = new Waveform(new float[] {1, 2}, 16_000);

        assertThat(resample.process(clip)).isSameAs(clip);
    }

    @Test
    void takesAnEmptyClip() {
        assertThat(resample.process(new Waveform(new float[0], 8000)).samples()).isEmpty();
    }

    private static double rootMeanSquare(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}

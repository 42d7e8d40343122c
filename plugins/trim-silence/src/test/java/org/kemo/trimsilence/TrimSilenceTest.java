package org.kemo.trimsilence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.audio.Waveform;

class TrimSilenceTest {
    /**
     * Reference: librosa 0.11.0 on the clip of {@link #clip}:
     * {@code effects.trim(clip, top_db=TOP, frame_length=2048, hop_length=512)[1]}.
     */
    @ParameterizedTest
    @CsvSource({"10, 11776, 28672", "15, 8192, 32256", "25, 1024, 39936", "60, 0, 44100"})
    void trimsWhereLibrosaDoes(double topDecibels, int from, int to) {
        Waveform trimmed = trim(topDecibels, 0, clip());

        assertThat(trimmed.samples()).containsExactly(clip().slice(from, to).samples());
    }

    @Test
    void keepsAMarginAndNoMoreThanThereIs() {
        Waveform clip = clip();
        int bare = trim(15, 0, clip).samples().length;

        assertThat(trim(15, 100, clip).samples()).hasSize(bare + 2 * 2205);
        assertThat(trim(15, 100_000, clip)).isSameAs(clip);
    }

    @Test
    void leavesASilentClipAsItIs() {
        Waveform silence = new Waveform(new float[30_000], 22_050);

        assertThat(trim(25, 0, silence)).isSameAs(silence);
    }

    @Test
    void leavesOneSampleAndNoneAsTheyAre() {
        float[] tone = {0.5f};

        assertThat(trim(25, 0, new Waveform(tone, 22_050)).samples()).containsExactly(0.5f);
        assertThat(trim(25, 0, new Waveform(new float[0], 22_050)).samples()).isEmpty();
    }

    /** Two seconds: a tone whose amplitude rises and falls by 3 dB in each 2,205 samples around the middle. */
    private static Waveform clip() {
        float[] samples = new float[44_100];
        for (int n = 0; n < samples.length; n++) {
            int step = Math.abs(n - 20_000) / 2205;
            samples[n] = (float) (Math.pow(10, -3 * step / 20.0) * Math.sin(2 * Math.PI * 220.5 * n / 22_050));
        }
        return new Waveform(samples, 22_050);
    }

    private static Waveform trim(double topDecibels, double margin, Waveform clip) {
        return new TrimSilenceFactory()
                .create(new TrimSilenceOptions(topDecibels, 92.88, 23.22, margin))
                .process(clip);
    }
}

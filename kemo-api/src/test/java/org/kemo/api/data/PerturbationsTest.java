package org.kemo.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

class PerturbationsTest {
    private static final int RATE = 16_000;

    @ParameterizedTest
    @ValueSource(doubles = {-5, 0, 10, 30})
    void addsNoiseAtTheRatioAskedFor(double decibels) {
        Waveform clip = tone(440, 0.3, RATE);
        float[] noisy = Perturbations.whiteNoise(decibels, 7).apply(clip).samples();
        float[] noise = new float[noisy.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noisy[i] - clip.samples()[i];
        }

        // The power of 16,000 normal numbers has a deviation of 0.05 dB.
        assertThat(10 * Math.log10(power(clip.samples(), 0, RATE) / power(noise, 0, RATE)))
                .isEqualTo(decibels, within(0.2));
    }

    @Test
    void addsTheSameNoiseForTheSameSeedOnly() {
        Waveform clip = tone(440, 0.3, 100);

        assertThat(Perturbations.whiteNoise(10, 1).apply(clip).samples())
                .isEqualTo(Perturbations.whiteNoise(10, 1).apply(clip).samples())
                .isNotEqualTo(Perturbations.whiteNoise(10, 2).apply(clip).samples());
    }

    @Test
    void keepsThePartThatACutNames() {
        Waveform clip = new Waveform(new float[] {0, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f}, RATE);

        assertThat(Perturbations.cut(0.2, 0.3).apply(clip).samples()).containsExactly(.2f, .3f, .4f);
        assertThat(Perturbations.cut(0, 1).apply(clip).samples()).isEqualTo(clip.samples());
        assertThat(Perturbations.cut(0.99, 0.01).apply(clip).samples()).containsExactly(.9f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.9, 1.1, 1.5, 4})
    void playsAToneAtAnotherSpeed(double factor) {
        float[] faster = Perturbations.speed(factor).apply(tone(300, 0.5, RATE)).samples();
        float[] expected = tone(300 * factor, 0.5, faster.length).samples();

        assertThat(faster).hasSize((int) Math.ceil(RATE / factor));
        // The filter reaches beyond the clip at both ends.
        for (int i = 400; i < faster.length - 400; i++) {
            assertThat(faster[i]).isEqualTo(expected[i], within(2e-4f));
        }
    }

    @Test
    void doesNotFoldOverWhatTheNewSpeedPutsOutOfHearing() {
        float[] twice = Perturbations.speed(2).apply(tone(5_000, 0.5, RATE)).samples();

        assertThat(Math.sqrt(power(twice, 400, 7_600))).isLessThan(0.005 * 0.5);
    }

    @Test
    void changesTheLoudnessByDecibels() {
        Waveform clip = new Waveform(new float[] {0.1f, -0.2f}, RATE);

        assertThat(Perturbations.gain(-20).apply(clip).samples())
                .usingComparatorWithPrecision(1e-8f)
                .containsExactly(0.01f, -0.02f);
    }

    @Test
    void leavesEmptyAndSilentClipsAsTheyAre() {
        Waveform silent = new Waveform(new float[100], RATE);
        Waveform empty = new Waveform(new float[0], RATE);
        for (Perturbation each : List.of(
                Perturbations.whiteNoise(0, 1),
                Perturbations.speed(1.25),
                Perturbations.cut(0.2, 0.5),
                Perturbations.gain(6),
                Perturbations.silence())) {
            assertThat(each.apply(silent).samples()).containsOnly(0);
            assertThat(each.apply(empty).samples()).isEmpty();
        }
    }

    @Test
    void doesNotWriteToTheClip() {
        Waveform clip = tone(440, 0.3, 1_000);
        float[] before = clip.samples().clone();

        Perturbations.whiteNoise(0, 1).apply(clip);
        Perturbations.gain(6).apply(clip);
        Perturbations.speed(1.1).apply(clip);
        Perturbations.silence().apply(clip);

        assertThat(clip.samples()).isEqualTo(before);
    }

    @Test
    void tellsPerturbationsApartByTheirFingerprints() {
        assertThat(List.of(
                        Perturbations.whiteNoise(5, 1).fingerprint(),
                        Perturbations.whiteNoise(5, 2).fingerprint(),
                        Perturbations.whiteNoise(6, 1).fingerprint(),
                        Perturbations.speed(1.1).fingerprint(),
                        Perturbations.speed(0.9).fingerprint(),
                        Perturbations.cut(0, 0.5).fingerprint(),
                        Perturbations.cut(0.5, 0.5).fingerprint(),
                        Perturbations.gain(1).fingerprint(),
                        Perturbations.silence().fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void appliesOneAfterTheOtherToAFile() {
        Source.AudioFile file = Source.AudioFile.of(Path.of("a.wav"))
                .then(Perturbations.speed(1.1))
                .then(Perturbations.gain(3));

        assertThat(file)
                .isEqualTo(new Source.AudioFile(
                        Path.of("a.wav"), List.of(Perturbations.speed(1.1), Perturbations.gain(3))));
    }

    @Test
    void refusesWhatNoClipCanBecome() {
        assertThatThrownBy(() -> Perturbations.speed(0)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> Perturbations.speed(Double.NaN)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> Perturbations.cut(0.6, 0.5)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> Perturbations.cut(0, 0)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> Perturbations.whiteNoise(Double.NaN, 1)).isInstanceOf(KemoException.class);
        assertThatThrownBy(() -> Perturbations.gain(Double.NEGATIVE_INFINITY)).isInstanceOf(KemoException.class);
    }

    private static Waveform tone(double hertz, double amplitude, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return new Waveform(samples, RATE);
    }

    private static double power(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return sum / (to - from);
    }
}

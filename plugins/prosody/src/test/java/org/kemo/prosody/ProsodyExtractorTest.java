package org.kemo.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureSequence;
import org.kemo.api.audio.Waveform;

class ProsodyExtractorTest {
    private final FeatureExtractor extractor = new ProsodyFactory().create(Options.withScale(ProsodyOptions.Scale.HZ));

    @ParameterizedTest
    @ValueSource(doubles = {75, 110, 173.2, 250, 400, 470})
    void findsThePitchOfAHarmonicSound(double frequency) {
        FeatureSequence found = extractor.extract(harmonics(frequency, 0.3));

        for (int t = 3; t < found.frames() - 3; t++) {
            assertThat((double) found.values().at(t, 0)).isEqualTo(frequency, offset(0.004 * frequency));
            assertThat(found.values().at(t, 2)).isGreaterThan(0.9f);
        }
    }

    @Test
    void findsNoPitchInNoise() {
        float[] noise = new float[16_000];
        Random random = new Random(1);
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) (0.1 * random.nextGaussian());
        }

        FeatureSequence found = extractor.extract(new Waveform(noise, 16_000));

        assertThat(found.cues().get("voiced")).isLessThan(0.05f);
        assertThat(found.cues().get("loudness")).isEqualTo(-20, offset(0.3f));
    }

    @Test
    void writesThePitchInSemitonesAboveItsReference() {
        FeatureSequence found = new ProsodyFactory()
                .create(Options.withScale(ProsodyOptions.Scale.SEMITONES))
                .extract(harmonics(220, 0.3));

        assertThat(found.values().at(10, 0)).isEqualTo(24, offset(0.02f));
    }

    @Test
    void writesThePitchAsALogarithm() {
        FeatureSequence found = new ProsodyFactory()
                .create(Options.withScale(ProsodyOptions.Scale.LOG))
                .extract(harmonics(220, 0.3));

        assertThat(found.values().at(10, 0)).isEqualTo((float) Math.log(220), offset(0.002f));
    }

    @Test
    void says63ForAFullScaleAnd1For60DecibelsUnderIt() {
        float[] constant = new float[800];
        Arrays.fill(constant, 1);
        assertThat(loudness(constant)).isEqualTo(63.1f, offset(0.01f));

        Arrays.fill(constant, 0.001f);
        assertThat(loudness(constant)).isEqualTo(1, offset(1e-5f));
    }

    @Test
    void sumsUpALoudClipWithOneRisingTone() {
        FeatureSequence found = extractor.extract(Vowel.clip());

        // From 120 to 220 Hz are 10.5 semitones, of which 90 % count.
        assertThat(found.cues().get("f0-range")).isBetween(8.5f, 10.5f);
        assertThat(found.cues().get("voiced")).isGreaterThan(0.9f);
        assertThat(found.cues().get("loudness")).isBetween(-30f, -10f);
    }

    @Test
    void givesZerosAndTheQuietestCueForSilence() {
        FeatureSequence found = extractor.extract(new Waveform(new float[16_000], 16_000));

        assertThat(found.values().values()).containsOnly(0);
        assertThat(found.cues())
                .containsEntry("loudness", -100f)
                .containsEntry("f0-range", 0f)
                .containsEntry("voiced", 0f);
    }

    @Test
    void givesOneFrameForOneSample() {
        FeatureSequence found = extractor.extract(new Waveform(new float[] {0.5f}, 16_000));

        assertThat(found.values().shape()).containsExactly(1, 3);
        assertThat(found.values().values()).doesNotContain(Float.NaN);
    }

    @Test
    void appendsSlopes() {
        FeatureExtractor withSlopes = new ProsodyFactory().create(Options.withDeltas());

        FeatureSequence found = withSlopes.extract(Vowel.clip());

        assertThat(withSlopes.names())
                .containsExactly("f0", "loudness", "voicing", "f0-delta", "loudness-delta", "voicing-delta");
        assertThat(found.width()).isEqualTo(withSlopes.width()).isEqualTo(6);
        // 100 Hz in 0.6 s at about 170 Hz are 1.7 % or 0.17 semitones a frame.
        assertThat(found.values().at(28, 3)).isEqualTo(0.17f, offset(0.06f));
    }

    @Test
    void takesASingleOctaveErrorOutOfTheContour() {
        PeriodicityAnalysis.Period[] periods = new PeriodicityAnalysis.Period[9];
        double[] intensities = new double[9];
        for (int t = 0; t < 9; t++) {
            periods[t] = new PeriodicityAnalysis.Period(t == 4 ? 400 : 200, 0.9);
            intensities[t] = 1;
        }

        assertThat(new PitchContour(Options.withMedian(5)).trace(periods, intensities))
                .containsOnly(200);
        assertThat(new PitchContour(Options.withMedian(1)).trace(periods, intensities)[4])
                .isEqualTo(400);
    }

    @Test
    void callsAQuietFrameUnvoiced() {
        PeriodicityAnalysis.Period[] periods = {
            new PeriodicityAnalysis.Period(200, 0.9),
            new PeriodicityAnalysis.Period(200, 0.9),
            new PeriodicityAnalysis.Period(200, 0.4)
        };

        double[] pitch = new PitchContour(Options.withMedian(1)).trace(periods, new double[] {1, 1e-4, 1});

        assertThat(pitch).containsExactly(200, 0, 0);
    }

    @Test
    void refusesAnotherSampleRate() {
        assertThatThrownBy(() -> extractor.extract(new Waveform(new float[480], 48_000)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[48000] Hz");
    }

    @Test
    void refusesOptionsThatDoNotFitTogether() {
        assertThatThrownBy(() -> Options.withPitch(600, 70, 40)).hasMessageContaining("[600.0] to [70.0]");
        assertThatThrownBy(() -> Options.withPitch(70, 5000, 40)).hasMessageContaining("[5000.0]");
        assertThatThrownBy(() -> Options.withPitch(70, 600, 20)).hasMessageContaining("two periods");
        assertThatThrownBy(() -> Options.withMedian(4)).hasMessageContaining("[4] is even");
    }

    private float loudness(float[] samples) {
        return extractor.extract(new Waveform(samples, 16_000)).values().at(0, 1);
    }

    /** Ten harmonics, each weaker than the one before, without what lies above half the sample rate. */
    private static Waveform harmonics(double frequency, double seconds) {
        float[] samples = new float[(int) (seconds * 16_000)];
        for (int n = 0; n < samples.length; n++) {
            double sum = 0;
            for (int k = 1; k <= 10; k++) {
                sum += Math.sin(2 * Math.PI * k * frequency * n / 16_000 + k) / k;
            }
            samples[n] = (float) (0.2 * sum);
        }
        return new Waveform(samples, 16_000);
    }
}

package org.kemo.api.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.KemoException;

class BandlimitedResamplerTest {
    @Test
    void leavesLessThanHalfAPercentOfATestToneThatWouldFoldBack() {
        float[] tone = tone(10_000, 44_100, 44_100);

        float[] output = new BandlimitedResampler(44_100, 16_000).resample(tone);

        assertThat(rootMeanSquare(output, 0)).isLessThan(0.005 * rootMeanSquare(tone, 0));
        // Only where the tone begins and ends is there anything below 8 kHz.
        assertThat(rootMeanSquare(output, 500)).isLessThan(1e-5 * rootMeanSquare(tone, 0));
    }

    @ParameterizedTest
    @CsvSource({"44100, 16000", "48000, 16000", "16000, 44100", "8000, 16000", "384000, 16000", "16000, 16001"})
    void keepsTonesUpToNineTenthsOfTheLowerNyquistFrequency(int from, int to) {
        double nyquist = Math.min(from, to) / 2.0;
        for (double share : new double[] {0.01, 0.3, 0.6, 0.9}) {
            float[] output = new BandlimitedResampler(from, to).resample(tone(share * nyquist, from, from / 4));

            float[] expected = tone(share * nyquist, to, output.length);
            for (int n = output.length / 4; n < output.length * 3 / 4; n++) {
                assertThat(output[n]).isEqualTo(expected[n], offset(1e-4f));
            }
        }
    }

    @Test
    void speedsUpSpeechByTheRatioAlone() {
        float[] output = new BandlimitedResampler(11, 10).resample(tone(200, 16_000, 11_000));

        assertThat(output).hasSize(10_000);
        float[] expected = tone(220, 16_000, 10_000);
        for (int n = 1000; n < 9000; n++) {
            assertThat(output[n]).isEqualTo(expected[n], offset(1e-4f));
        }
    }

    @Test
    void roundsTheLengthUp() {
        BandlimitedResampler resampler = new BandlimitedResampler(48_000, 16_000);

        assertThat(resampler.resample(new float[] {1})).hasSize(1);
        assertThat(resampler.resample(new float[3])).hasSize(1);
        assertThat(resampler.resample(new float[4])).hasSize(2);
        assertThat(resampler.resample(new float[0])).isEmpty();
    }

    @Test
    void givesTheSameSamplesHoweverMuchFollows() {
        float[] tone = tone(440, 48_000, 40_000);
        float[] longer = Arrays.copyOf(tone, 60_000);
        BandlimitedResampler resampler = new BandlimitedResampler(48_000, 44_100);

        assertThat(resampler.resample(longer)).startsWith(resampler.resample(tone));
    }

    @Test
    void returnsACopyWhereTheRatesAreTheSame() {
        float[] samples = {1, 2, 3};

        assertThat(new BandlimitedResampler(5, 5).resample(samples))
                .containsExactly(samples)
                .isNotSameAs(samples);
    }

    @Test
    void refusesRatesThatHaveNoUsableRatio() {
        assertThatThrownBy(() -> new BandlimitedResampler(700_001, 700_000))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[700001] to [700000]");
        assertThatThrownBy(() -> new BandlimitedResampler(0, 16_000)).isInstanceOf(KemoException.class);
    }

    private static float[] tone(double frequency, int sampleRate, int length) {
        float[] samples = new float[length];
        for (int n = 0; n < length; n++) {
            samples[n] = (float) Math.sin(2 * Math.PI * frequency * n / sampleRate);
        }
        return samples;
    }

    private static double rootMeanSquare(float[] samples, int margin) {
        double sum = 0;
        for (int n = margin; n < samples.length - margin; n++) {
            sum += (double) samples[n] * samples[n];
        }
        return Math.sqrt(sum / (samples.length - 2 * margin));
    }
}

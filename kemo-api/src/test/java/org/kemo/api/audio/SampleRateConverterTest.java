package org.kemo.api.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class SampleRateConverterTest {
    private final SampleRateConverter converter = new SampleRateConverter(16_000);

    @ParameterizedTest
    @ValueSource(ints = {8000, 11_025, 22_050, 44_100, 48_000, 96_000, 384_000})
    void givesWhatTheResamplerGives(int from) {
        Waveform sound = sound(from);

        Waveform converted = converter.process(sound);

        assertThat(converted.sampleRate()).isEqualTo(16_000);
        assertThat(converted.seconds()).isEqualTo(0.1);
        assertThat(converted.samples())
                .containsExactly(new BandlimitedResampler(from, 16_000).resample(sound.samples()));
    }

    @Test
    void givesTheSameForARateThatItMetLongAgo() {
        float[] first = converter.process(sound(8000)).samples();
        for (int from = 20_000; from < 30_000; from += 1000) {
            converter.process(sound(from));
        }

        assertThat(converter.process(sound(8000)).samples()).containsExactly(first);
    }

    @Test
    void leavesSoundOfItsRateAsItIs() {
        Waveform sound = sound(16_000);

        assertThat(converter.process(sound)).isSameAs(sound);
    }

    @Test
    void refusesARecordingWhoseRateHasNothingInCommonWithItsOwn() {
        assertThatThrownBy(() -> converter.process(sound(383_993)))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                .hasMessageContaining("from [383993] to [16000] Hz");
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatThrownBy(() -> new SampleRateConverter(0)).hasMessageContaining("[0]");
    }

    private static Waveform sound(int rate) {
        float[] samples = new float[rate / 10];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = (float) Math.sin(2 * Math.PI * 440 * n / rate);
        }
        return new Waveform(samples, rate);
    }
}

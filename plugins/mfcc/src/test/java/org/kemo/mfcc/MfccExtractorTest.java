package org.kemo.mfcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.Waveform;
import org.kemo.api.network.FloatTensor;

class MfccExtractorTest {
    private final Options options = new Options();

    @Test
    void names39Features() {
        List<String> names = extractor().names();

        assertThat(names).hasSize(39).hasSize(extractor().width());
        assertThat(names)
                .startsWith("mfcc1", "mfcc2")
                .contains("mfcc12", "energy")
                .endsWith("energy-acceleration");
        assertThat(names.get(13)).isEqualTo("mfcc1-delta");
        assertThat(names.get(26)).isEqualTo("mfcc1-acceleration");
    }

    @Test
    void leavesThirteenStaticFeaturesWithoutDeltas() {
        FloatTensor all = extract();
        options.deltas = false;
        options.accelerations = false;

        FloatTensor statics = extract();

        assertThat(statics.shape()).containsExactly(58, 13);
        for (int t = 0; t < 58; t++) {
            for (int column = 0; column < 13; column++) {
                assertThat(statics.at(t, column)).isEqualTo(all.at(t, column));
            }
        }
    }

    @Test
    void appendsTheZerothCepstrumOrNothingInThePlaceOfEnergy() {
        options.energy = MfccOptions.Energy.C0;
        assertThat(extractor().names()).hasSize(39).contains("mfcc0");
        assertThat(extract().shape()).containsExactly(58, 39);

        options.energy = MfccOptions.Energy.NONE;
        assertThat(extractor().names()).hasSize(36).doesNotContain("energy", "mfcc0");
        assertThat(extract().shape()).containsExactly(58, 36);
    }

    @Test
    void pushesEnergyUnderTheLargestByTheClipsOwn() {
        FloatTensor absolute = extract();
        options.normalizeEnergy = true;

        FloatTensor relative = extract();

        double largest = 0;
        for (int t = 0; t < 58; t++) {
            largest = Math.max(largest, absolute.at(t, 12));
        }
        for (int t = 0; t < 58; t++) {
            assertThat(relative.at(t, 12)).isEqualTo((float) (1 - 0.1 * (largest - absolute.at(t, 12))), offset(1e-5f));
        }
    }

    @Test
    void pushesSilenceNoFurtherThanFiftyDecibelsUnderTheLargestEnergy() {
        options.normalizeEnergy = true;
        float[] samples = Arrays.copyOf(Vowel.clip().samples(), 11_200);

        FloatTensor values = extractor().extract(new Waveform(samples, 16_000)).values();

        // Nothing but silence from frame 60 on; 10 dB are ln 10.
        for (int t = 60; t < 68; t++) {
            assertThat(values.at(t, 12)).isEqualTo((float) (1 - 0.1 * 5 * Math.log(10)), offset(1e-6f));
        }
        assertThat(values.at(20, 12)).isGreaterThan(0.9f);
    }

    @Test
    void takesTheClipsMeanFromTheCepstraAndLeavesTheSlopes() {
        FloatTensor plain = extract();
        options.cepstralMeanNormalization = true;

        FloatTensor normalized = extract();

        for (int column = 0; column < 39; column++) {
            double sum = 0;
            for (int t = 0; t < 58; t++) {
                sum += normalized.at(t, column);
            }
            if (column < 12) {
                assertThat(sum / 58).isEqualTo(0, offset(1e-5));
            } else {
                assertThat(normalized.at(30, column)).isEqualTo(plain.at(30, column));
            }
        }
    }

    @Test
    void takesTheClipsMeanFromTheZerothCepstrumToo() {
        options.energy = MfccOptions.Energy.C0;
        options.cepstralMeanNormalization = true;

        FloatTensor normalized = extract();

        double sum = 0;
        for (int t = 0; t < 58; t++) {
            sum += normalized.at(t, 12);
        }
        assertThat(sum / 58).isEqualTo(0, offset(1e-4));
    }

    @Test
    void isDeafToAConstantWhereTheMeanIsTakenFromEachFrame() {
        options.zeroMeanSource = true;
        float[] shifted = Vowel.clip().samples().clone();
        for (int n = 0; n < shifted.length; n++) {
            shifted[n] += 0.25f;
        }

        float[] expected = extract().values();
        float[] actual =
                extractor().extract(new Waveform(shifted, 16_000)).values().values();

        assertThat(actual).containsExactly(expected, offset(0.02f));
    }

    @Test
    void hearsAWarpedVoiceAsAnotherOne() {
        FloatTensor plain = extract();
        options.warp = 0.9;

        FloatTensor warped = extract();

        assertThat(warped.at(30, 0)).isNotCloseTo(plain.at(30, 0), offset(0.1f));
        assertThat(warped.at(30, 12)).isEqualTo(plain.at(30, 12));
    }

    @Test
    void givesOneFrameForAClipShorterThanAFrame() {
        float[] values = extractor()
                .extract(new Waveform(new float[] {0.5f}, 16_000))
                .values()
                .values();

        assertThat(values).hasSize(39);
        assertThat(values[12]).isEqualTo((float) Math.log(16_384.0 * 16_384.0));
    }

    @Test
    void givesFiniteValuesForSilence() {
        float[] values = extractor()
                .extract(new Waveform(new float[16_000], 16_000))
                .values()
                .values();

        assertThat(values).hasSize(98 * 39).containsOnly(0f);
    }

    @Test
    void refusesAnotherSampleRate() {
        assertThatThrownBy(() -> extractor().extract(new Waveform(new float[480], 48_000)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[48000] Hz")
                .hasMessageContaining("resample");
    }

    @Test
    void refusesOptionsThatDoNotFitTogether() {
        options.cepstra = 26;
        assertThatThrownBy(options::build).hasMessageContaining("[26] cepstra from [26] channels");
        options.cepstra = 12;
        options.highFrequency = 8001;
        assertThatThrownBy(options::build).hasMessageContaining("[8001.0] Hz");
        options.highFrequency = 0;
        options.deltas = false;
        assertThatThrownBy(options::build).hasMessageContaining("[deltas: false]");
    }

    private FeatureExtractor extractor() {
        return new MfccFactory().create(options.build());
    }

    private FloatTensor extract() {
        return extractor().extract(Vowel.clip()).values();
    }
}

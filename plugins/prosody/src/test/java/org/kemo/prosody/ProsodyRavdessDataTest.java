package org.kemo.prosody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.TestData;
import org.kemo.runtime.audio.AudioReader;

/** Praat on recordings of RAVDESS, where the environment variable KEMO_TEST_DATA leads to them. */
class ProsodyRavdessDataTest {
    @Test
    void hearsThePitchThatPraatHears() throws IOException {
        int frames = 0;
        int voicedAlike = 0;
        int voicedByBoth = 0;
        int grossErrors = 0;
        for (String line : reference().lines().toList()) {
            String[] cells = line.split(",");
            FloatTensor values = new ProsodyFactory()
                    .create(Options.withScale(ProsodyOptions.Scale.HZ))
                    .extract(new AudioReader().read(TestData.at("ravdess16k/" + cells[0] + ".flac")))
                    .values();
            assertThat(values.size(0)).isEqualTo(cells.length - 1);
            for (int t = 0; t < values.size(0); t++) {
                double expected = Double.parseDouble(cells[t + 1]);
                double actual = values.at(t, 0);
                frames++;
                voicedAlike += (expected > 0) == (actual > 0) ? 1 : 0;
                if (expected > 0 && actual > 0) {
                    voicedByBoth++;
                    grossErrors += Math.abs(actual / expected - 1) > 0.2 ? 1 : 0;
                }
            }
        }

        // Measured on 40 clips: 96.8 % and 1.4 %.
        assertThat((double) voicedAlike / frames).as("frames voiced alike").isGreaterThan(0.94);
        assertThat((double) grossErrors / voicedByBoth).as("gross pitch errors").isLessThan(0.04);
    }

    private static String reference() throws IOException {
        try (InputStream stream = ProsodyRavdessDataTest.class.getResourceAsStream("ravdess-praat.csv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

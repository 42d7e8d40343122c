package org.kemo.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

/** README.md beside the reference figures says where they come from. */
class ProsodyReferenceTest {
    private final FloatTensor values = new ProsodyFactory()
            .create(Options.withScale(ProsodyOptions.Scale.HZ))
            .extract(Vowel.clip())
            .values();

    @Test
    void hearsThePitchThatPraatHears() throws IOException {
        String[] reference = line("praat.csv").split(",");

        assertThat(values.size(0)).isEqualTo(reference.length);
        for (int t = 0; t < reference.length; t++) {
            double expected = Double.parseDouble(reference[t]);
            if (expected > 0) {
                assertThat((double) values.at(t, 0)).as("frame " + t).isCloseTo(expected, withPercentage(1.5));
            }
        }
    }

    @Test
    void isAsLoudAsTheFormulaSays() throws IOException {
        String[] reference = line("loudness.csv").split(",");

        for (int t = 0; t < reference.length; t++) {
            assertThat(values.at(t, 1)).isEqualTo(Float.parseFloat(reference[t]), offset(1e-4f));
        }
    }

    private static String line(String file) throws IOException {
        try (InputStream stream = ProsodyReferenceTest.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}

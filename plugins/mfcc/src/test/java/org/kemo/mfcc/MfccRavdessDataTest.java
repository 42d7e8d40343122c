package org.kemo.mfcc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.TestData;
import org.kemo.runtime.audio.AudioReader;

/** The two implementations on recordings of RAVDESS, where the environment variable KEMO_TEST_DATA leads to them. */
class MfccRavdessDataTest {
    @Test
    void agreesWithOpenSmile() throws IOException {
        assertAgrees(new Options(), "ravdess-opensmile.csv");
    }

    @Test
    void agreesWithTorchaudioOnPowersAndKaldisFloor() throws IOException {
        Options options = new Options();
        options.power = true;
        options.melFloor = 1.1920929e-7;

        assertAgrees(options, "ravdess-torchaudio.csv");
    }

    private static void assertAgrees(Options options, String file) throws IOException {
        FeatureExtractor extractor = new MfccFactory().create(options.build());
        for (String[] line : Reference.lines(file)) {
            FloatTensor values = extractor
                    .extract(new AudioReader().read(TestData.at("ravdess16k/" + line[0] + ".flac")))
                    .values();
            double[] expected = Reference.numbers(line, 2);
            double[] actual = new double[expected.length];
            for (int column = 0; column < actual.length; column++) {
                actual[column] = values.at(Integer.parseInt(line[1]), column);
            }
            assertThat(Reference.relativeDifference(actual, expected))
                    .as("frame " + line[1] + " of " + line[0])
                    .isLessThan(1e-4);
        }
    }
}

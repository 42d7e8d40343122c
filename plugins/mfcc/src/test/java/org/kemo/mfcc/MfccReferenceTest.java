package org.kemo.mfcc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;

/** Two independent implementations on the same clip. */
class MfccReferenceTest {
    private static final double TOLERANCE = 1e-4;

    @Test
    void agreesWithOpenSmile() throws IOException {
        FloatTensor values = extract(new Options());

        List<String[]> reference = Reference.lines("opensmile.csv");
        assertThat(values.shape()).containsExactly(reference.size(), 39);
        for (int part = 0; part < 3; part++) {
            // openSMILE takes the last two accelerations from beyond the end.
            int frames = part == 2 ? reference.size() - 2 : reference.size();
            assertThat(difference(values, reference.subList(0, frames), 13 * part))
                    .as("statics, deltas, accelerations: part " + part)
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void agreesWithTorchaudioOnPowersAndKaldisFloor() throws IOException {
        Options options = new Options();
        options.power = true;
        options.melFloor = 1.1920929e-7;
        FloatTensor values = extract(options);

        List<String[]> reference = Reference.lines("torchaudio.csv");
        assertThat(values.size(0)).isEqualTo(reference.size());
        assertThat(difference(values, reference, 0)).isLessThan(TOLERANCE);
    }

    private static FloatTensor extract(Options options) {
        return new MfccFactory().create(options.build()).extract(Vowel.clip()).values();
    }

    /** Over thirteen columns of all frames. */
    private static double difference(FloatTensor values, List<String[]> reference, int from) {
        double[] actual = new double[13 * reference.size()];
        double[] expected = new double[actual.length];
        for (int t = 0; t < reference.size(); t++) {
            double[] row = Reference.numbers(reference.get(t), 0);
            System.arraycopy(Arrays.copyOfRange(row, from, from + 13), 0, expected, 13 * t, 13);
            for (int column = 0; column < 13; column++) {
                actual[13 * t + column] = values.at(t, from + column);
            }
        }
        return Reference.relativeDifference(actual, expected);
    }
}

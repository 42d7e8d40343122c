package org.kemo.mfcc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
        FloatTensor values = extract(kaldi());

        List<String[]> reference = Reference.lines("torchaudio.csv");
        assertThat(values.size(0)).isEqualTo(reference.size());
        assertThat(difference(values, reference, 0)).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void agreesWithTorchaudioWhereAnOptionIsChanged(String change, double[] expected) {
        FloatTensor values = extract(changed(change));

        double[] actual = new double[expected.length];
        for (int column = 0; column < actual.length; column++) {
            actual[column] = values.at(20, column);
        }
        assertThat(Reference.relativeDifference(actual, expected)).isLessThan(TOLERANCE);
    }

    private static Stream<Arguments> changes() throws IOException {
        return Reference.lines("torchaudio-options.csv").stream()
                .map(line -> Arguments.of(line[0], Reference.numbers(line, 1)));
    }

    private static Options changed(String change) {
        Options options = kaldi();
        switch (change) {
            case "window hann" -> options.window = MfccOptions.Window.HANN;
            case "window povey" -> options.window = MfccOptions.Window.POVEY;
            case "window rectangular" -> options.window = MfccOptions.Window.RECTANGULAR;
            case "zeroMeanSource true" -> options.zeroMeanSource = true;
            case "preEmphasis 0.5" -> options.preEmphasis = 0.5;
            case "channels and cepstra" -> {
                options.channels = 40;
                options.cepstra = 20;
            }
            case "lowFrequency and highFrequency" -> {
                options.lowFrequency = 300;
                options.highFrequency = 3400;
            }
            case "lifter 0" -> options.lifter = 0;
            case "energy c0" -> options.energy = MfccOptions.Energy.C0;
            case "rawEnergy false" -> options.rawEnergy = false;
            case "fullScale 1" -> options.fullScale = 1;
            case "windows of deltas" -> {
                options.deltaWindow = 3;
                options.accelerationWindow = 1;
            }
            default -> throw new IllegalArgumentException("The change [" + change + "] is not known here");
        }
        return options;
    }

    /** What Kaldi does whatever its options are. */
    private static Options kaldi() {
        Options options = new Options();
        options.power = true;
        options.melFloor = 1.1920929e-7;
        return options;
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

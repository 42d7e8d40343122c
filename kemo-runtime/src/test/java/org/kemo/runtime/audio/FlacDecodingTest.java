package org.kemo.runtime.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.audio.Waveform;

/** The files and the numbers in them are described in README.md beside the files. */
class FlacDecodingTest {
    private static final int LENGTH = 3000;

    private final int[] noise = noise();

    @TempDir
    Path folder;

    @Test
    void readsEightBits() throws IOException {
        assertHolds("mono8", 8000, 8, n -> Math.floorDiv(wave(n), 32));
    }

    @Test
    void readsSixteenBits() throws IOException {
        assertHolds("mono16", 16_000, 16, FlacDecodingTest::tone);
    }

    @Test
    void readsTwentyFourBits() throws IOException {
        assertHolds("mono24", 96_000, 24, n -> tone(n) * 256 + Math.floorDiv(noise[n], 16));
    }

    @Test
    void readsThirtyTwoBitsAt384Kilohertz() throws IOException {
        assertHolds("mono32", 384_000, 32, n -> tone(n) * 65536.0 + noise[n] * 16.0);
    }

    @Test
    void readsSilence() throws IOException {
        assertHolds("silence16", 16_000, 16, n -> 0);
    }

    @Test
    void readsNoiseThatCannotBePredicted() throws IOException {
        assertHolds("noise16", 48_000, 16, n -> noise[n]);
    }

    @Test
    void readsAStreamThatDoesNotSayItsLength() throws IOException {
        assertHolds("streamed", 16_000, 16, FlacDecodingTest::tone);
    }

    @Test
    void mixesMiddleAndSide() throws IOException {
        assertHolds("middle16", 44_100, 16, FlacDecodingTest::tone);
    }

    @Test
    void mixesLeftAndSide() throws IOException {
        assertHolds("left16", 44_100, 16, n -> tone(n) + Math.floorDiv(noise[n], 256) / 2.0);
    }

    @Test
    void mixesSideAndRight() throws IOException {
        assertHolds("right16", 44_100, 16, n -> tone(n) + Math.floorDiv(noise[n], 256) / 2.0);
    }

    @Test
    void mixesThreeChannels() throws IOException {
        assertHolds("three16", 44_100, 16, n -> (tone(n) + wave(n) + noise[n]) / 3.0);
    }

    @Test
    void skipsATagInFrontOfTheStream() throws IOException {
        byte[] stream = bytes("mono16");
        byte[] tagged = new byte[10 + 200 + stream.length];
        System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 1, 72}, 0, tagged, 0, 10);
        System.arraycopy(stream, 0, tagged, 210, stream.length);

        assertThat(decode(tagged).samples()).containsExactly(decode(stream).samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono16", "left16", "noise16", "mono32"})
    void saysHowMuchIsMissingOfAFileThatWasCutShort(String name) throws IOException {
        byte[] stream = bytes(name);

        assertThatThrownBy(() -> decode(Arrays.copyOf(stream, stream.length - 3)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("ends after [0.000 s] of the [");
    }

    @Test
    void saysThatAStreamOfUnknownLengthEndsWithinAFrame() throws IOException {
        byte[] stream = bytes("streamed");

        assertThatThrownBy(() -> decode(Arrays.copyOf(stream, stream.length - 3)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("is damaged after [0.000 s]: it ends within a frame.");
    }

    @Test
    void saysWhereAFileIsDamaged() throws IOException {
        byte[] stream = bytes("noise16");
        int firstFrame = 86;
        for (int position = firstFrame; position < stream.length; position += 97) {
            byte[] damaged = stream.clone();
            damaged[position] ^= 4;

            assertThatThrownBy(() -> decode(damaged))
                    .as("with a wrong bit at " + position)
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("clip");
        }
    }

    private void assertHolds(String name, int sampleRate, int bits, IntToDoubleFunction expected) throws IOException {
        Waveform waveform = decode(bytes(name));

        assertThat(waveform.sampleRate()).isEqualTo(sampleRate);
        assertThat(waveform.samples()).hasSize(LENGTH);
        for (int n = 0; n < LENGTH; n++) {
            assertThat(waveform.samples()[n]).as("sample " + n).isEqualTo((float)
                    (expected.applyAsDouble(n) / (1L << (bits - 1))));
        }
    }

    private Waveform decode(byte[] file) throws IOException {
        return new AudioReader().read(Files.write(folder.resolve("clip"), file));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream stream = FlacDecodingTest.class.getResourceAsStream(name + ".flac")) {
            return stream.readAllBytes();
        }
    }

    private static int tone(int n) {
        return Math.abs(n * 37 % 4000 - 2000) * 4 - 4000;
    }

    private static int wave(int n) {
        return Math.abs(n * 11 % 1000 - 500) * 8 - 2000;
    }

    private static int[] noise() {
        int[] values = new int[LENGTH];
        long state = 1;
        for (int n = 0; n < LENGTH; n++) {
            state = (state * 1103515245 + 12345) % (1L << 31);
            values[n] = (int) (state >> 8) % 65536 - 32768;
        }
        return values;
    }
}

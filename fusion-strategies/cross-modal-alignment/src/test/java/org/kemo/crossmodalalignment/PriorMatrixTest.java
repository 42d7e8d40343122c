package org.kemo.crossmodalalignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

final class PriorMatrixTest {
    @TempDir
    private Path folder;

    @Test
    void readsLinesOfNumbers() throws IOException {
        assertThat(PriorMatrix.read(file("# words by frames\n1 0.5,0\n\n  2e-1\t3 ; 4 # last\n"), 2, 3))
                .isEqualTo(FloatTensor.of(new float[] {1, 0.5f, 0, 0.2f, 3, 4}, 2, 3));
    }

    @Test
    void refusesAnotherSize() throws IOException {
        Path file = file("1 2 3\n4 5\n");
        assertThatThrownBy(() -> PriorMatrix.read(file, 2, 3))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + file + "] has [2] lines of [3, 2] numbers, not [2] of [3]");
    }

    @Test
    void refusesWhatIsNoNumberOfZeroAndAbove() throws IOException {
        for (String bad : new String[] {"-1", "NaN", "Infinity", "much"}) {
            Path file = file("1 " + bad + "\n");
            assertThatThrownBy(() -> PriorMatrix.read(file, 1, 2))
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("holds [" + bad + "]");
        }
    }

    @Test
    void refusesAFileThatIsNotThereOrNoText() throws IOException {
        Path missing = folder.resolve("none.txt");
        assertThatThrownBy(() -> PriorMatrix.read(missing, 1, 1))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + missing + "] cannot be read");
        Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> PriorMatrix.read(binary, 1, 1))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + binary + "] cannot be read");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prior.txt"), text);
    }
}

package org.kemo.manifest.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/** Arrays that numpy wrote, by make.py among this test's resources, and damaged ones. */
class FeatureFileTest {
    private static final FloatTensor MATRIX = FloatTensor.of(new float[] {0, 0.5f, -1.25f, 3e-5f, 1e10f, -7}, 3, 2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64", "version2", "version3"})
    void readsWhatNumpyWrote(String name) throws IOException {
        assertThat(FeatureFile.read(numpy(name))).isEqualTo(MATRIX);
    }

    @Test
    void takesAVectorForOneStep() throws IOException {
        assertThat(FeatureFile.read(numpy("vector"))).isEqualTo(FloatTensor.of(new float[] {1, 2, 3}, 1, 3));
        assertThat(FeatureFile.read(numpy("no-steps")).shape()).containsExactly(0, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "fortran, is in the order of Fortran",
        "big-endian, holds numbers of the kind ['>f4']",
        "int64, holds numbers of the kind ['<i8']",
        "three-axes, 'is of the shape [(2, 2, 2)]'",
        "scalar, is of the shape [()]",
        "objects, holds numbers of the kind ['|O']",
        "records, holds numbers of the kind [[]",
        "not-finite, 'hold [NaN] at step [1], feature [0]'",
        "too-large, 'hold [Infinity] at step [0], feature [1]'"
    })
    void refusesOtherArraysThatNumpyWrote(String name, String problem) throws IOException {
        assertRefused(numpy(name), problem);
    }

    @Test
    void refusesAFileThatWasCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(numpy("float32"));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(written("cut.npy", Arrays.copyOf(whole, length)), "cut.npy]");
        }
        assertRefused(written("long.npy", Arrays.copyOf(whole, whole.length + 1)), "bytes where its header needs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 2), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (268435456, 16), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 2), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0), }",
                "{'descr': '<f4', 'fortran_order': False, }",
                "{'descr': '<f4', 'shape': (3, 2), }",
                "{'fortran_order': False, 'shape': (3, 2), }",
                "(((((((((((((((((((",
                ""
            })
    void refusesAHeaderThatAsksForTooMuchOrSaysTooLittle(String header) throws IOException {
        assertRefused(array(header), "x.npy]");
    }

    @Test
    void refusesAHeaderThatIsLongerThanAnyOrThanTheFile() throws IOException {
        byte[] header = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
        assertRefused(written("x.npy", header), "its header has [4294967295] bytes");
        assertRefused(array(" ".repeat(20_000)), "its header has [20000] bytes");
    }

    /** Whatever bytes change, there is an answer or a clear error. */
    @RepeatedTest(200)
    void neverFailsOnDamageOtherwiseThanBySayingSo(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] bytes = Files.readAllBytes(numpy("float64"));
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Path file = written("x.npy", bytes);
        try {
            assertThat(FeatureFile.read(file).count()).isLessThanOrEqualTo(12);
        } catch (KemoException e) {
            assertThat(e.category()).isEqualTo(KemoException.Category.INPUT);
        }
    }

    @Test
    void readsLinesOfNumbersWithNamesAboveOrWithout() throws IOException {
        assertThat(FeatureFile.read(written("x.csv", "0, 0.5\n-1.25,3e-5\r\n\n1E10,-7.")))
                .isEqualTo(MATRIX);
        assertThat(FeatureFile.read(written("x.TSV", "\uFEFFsmile\tfrown\n0\t.5\n-1.25\t3e-5\n1e10\t-7\n")))
                .isEqualTo(MATRIX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2;3|line [2] of the features|has [1] fields where those before have [2]",
                "a,b;1,2,3|line [2]|has [3] fields",
                "1,2;3,four|line [2]|holds [four]",
                "1,2;3,|line [2]|holds []",
                "1,2;a,b|line [2]|holds [a]",
                "1,1f|line [1]|holds [1f]",
                "1,NaN|line [1]|holds [NaN]",
                "1,1e39|line [1]|holds [1e39]",
                "nan,NaN;1,2|line [1]|holds [nan]",
                "-inf,Infinity;1,2|line [1]|holds [-inf]",
                "1e39,1e39;1,2|line [1]|holds [1e39]",
                ",;1,2|line [1]|holds []",
                "smile,;1,2|line [1]|holds [smile]",
                "smile,frown|holds no numbers|x.csv"
            })
    void refusesLinesThatAreNoMatrix(String lines, String where, String what) throws IOException {
        Path file = written("x.csv", lines.replace(';', '\n'));
        assertRefused(file, where);
        assertRefused(file, what);
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(written("x.mat", "1,2"), "of no kind that is known here");
        assertRefused(folder.resolve("gone.npy"), "does not exist");
        assertRefused(folder.resolve("gone.csv"), "does not exist");
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> FeatureFile.read(file))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(problem)
                .extracting(e -> ((KemoException) e).category())
                .isEqualTo(KemoException.Category.INPUT);
    }

    private Path numpy(String name) throws IOException {
        try (InputStream in = FeatureFileTest.class.getResourceAsStream(name + ".npy")) {
            return written(name + ".npy", in.readAllBytes());
        }
    }

    private Path array(String header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        bytes.write(ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) text.length)
                .array());
        bytes.write(text);
        bytes.write(new byte[24]);
        return written("x.npy", bytes.toByteArray());
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path written(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}

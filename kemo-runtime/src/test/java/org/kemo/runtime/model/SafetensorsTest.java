package org.kemo.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatItWroteBitForBitAndInTheSameOrder() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("text/table", FloatTensor.of(new float[] {1, -0f, Float.MIN_VALUE, 1e30f, 0.1f, 3}, 3, 2));
        tensors.put("audio/\"bias\"\n", FloatTensor.of(new float[] {7}, 1));
        tensors.put("scale", FloatTensor.scalar(0.5f));
        tensors.put("nothing", FloatTensor.zeros(0, 4));
        Path file = folder.resolve("new/parameters.safetensors");
        Safetensors.write(file, tensors);
        Map<String, FloatTensor> read = Safetensors.read(file);

        assertThat(read).isEqualTo(tensors);
        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
    }

    /** The file is from safetensors 0.8.0; the call is in README.md beside it. */
    @Test
    void readsAFileOfTheReferenceImplementation() throws IOException {
        assertThat(Safetensors.read(resource("numpy.safetensors")))
                .isEqualTo(Map.of(
                        "audio/out/weight",
                        FloatTensor.of(new float[] {1.5f, -2, 0.25f, 3, 4e-5f, -0f}, 2, 3),
                        "bias",
                        FloatTensor.of(new float[] {7, 8}, 2),
                        "scale",
                        FloatTensor.scalar(0.125f)));
    }

    @Test
    void readsNumbersOfSixteenBits() throws IOException {
        assertThat(Safetensors.read(resource("half.safetensors")))
                .isEqualTo(Map.of("half", FloatTensor.of(new float[] {1.5f, -2}, 2)));
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(resource("numpy.safetensors"));
        for (int length = 0; length < whole.length; length++) {
            Path file = folder.resolve("cut");
            Files.write(file, Arrays.copyOf(whole, length));

            assertRefused(file, "[" + file + "]");
        }
    }

    @Test
    void refusesAHeaderThatIsLongerThanTheFile() throws IOException {
        for (long length : new long[] {11, 1L << 31, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            Path file = folder.resolve("long");
            Files.write(
                    file,
                    ByteBuffer.allocate(18)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .put("{}".getBytes(StandardCharsets.UTF_8))
                            .array());

            assertRefused(file, "cut off");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-4,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[536870911],\"data_offsets\":[2147483647,-5]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4294967296,4294967304]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":{\"b\":2},\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":[]}",
                "{\"a\":null}",
                "[1]",
                "7",
                "{\"a\":",
                "",
            })
    void refusesAHeaderThatDoesNotFitTheValues(String header) throws IOException {
        Path file = folder.resolve("wild");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + json.length + 8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());

        assertRefused(file, "[" + file + "]");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertRefused(folder.resolve("absent"), "absent");
    }

    private static void assertRefused(Path file, String what) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(what);
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream(name)) {
            Path file = folder.resolve(name);
            Files.write(file, in.readAllBytes());
            return file;
        }
    }
}

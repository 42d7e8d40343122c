package org.kemo.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.service.Weights;
import org.kemo.runtime.checksum.FileSums;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsHalvesAsTheStandardDefinesThem() throws IOException {
        // 1, -2, the largest, the smallest normal, the smallest subnormal, -0, infinity, NaN: IEEE 754, binary16.
        short[] bits = {0x3C00, (short) 0xC000, 0x7BFF, 0x0400, 0x0001, (short) 0x8000, 0x7C00, 0x7E00};
        float[] values = {1, -2, 65504, 0x1p-14f, 0x1p-24f, -0f, Float.POSITIVE_INFINITY, Float.NaN};

        assertThat(read("F16", bits)).containsExactly(values);
    }

    @Test
    void readsBrainFloatsAsTheUpperHalvesOfFloats() throws IOException {
        // 1 is 0x3F800000, -2 is 0xC0000000, 3.140625 is 0x40490000.
        assertThat(read("BF16", new short[] {0x3F80, (short) 0xC000, 0x4049})).containsExactly(1, -2, 3.140625f);
    }

    @Test
    void readsWhatLiesBeyondTwoGigabytes() throws IOException {
        long skipped = 3L << 30;
        Path file = folder.resolve("large.safetensors");
        // The size of types that Kemo does not read is the file's own affair.
        String header = "{\"before\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0," + skipped
                + "]},\"late\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + skipped + "," + (skipped + 8)
                + "]}}";
        // Nothing is written in between, so the file takes no room.
        write(file, header, new byte[0]);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(8 + header.length() + skipped);
            sparse.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0.5f)
                    .putFloat(-7)
                    .array());
        }
        try (Weights weights = SafetensorsFile.open(file)) {
            assertThat(weights.names()).containsExactly("before", "late");
            assertThat(weights.read("late").values()).containsExactly(0.5f, -7);
            assertThatThrownBy(() -> weights.read("before")).hasMessageContaining("U8");
        }
    }

    @Test
    void refusesAHeaderOfGigabytes() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(3_000_000_000L)
                        .array());
        // All of it is there, though it takes no room.
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(4_000_000_000L);
        }

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("too long");
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        Path file = Files.createFile(folder.resolve("model.safetensors"));

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + file + "] cannot be used: it is empty.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Overlapping, with a gap, and short of the end.
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            })
    void refusesTensorsThatOverlapOrLeaveGaps(String header) throws IOException {
        Path file = folder.resolve("model.safetensors");
        write(file, header, new byte[8]);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("model.safetensors");
    }

    @Test
    void saysWhichTensorIsMissing() throws IOException {
        Path file = folder.resolve("model.safetensors");
        write(file, "{}", new byte[0]);
        try (Weights weights = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> weights.read("encoder.norm")).hasMessageContaining("[encoder.norm]");
        }
    }

    @Test
    void saysWhichTypesItReads() throws IOException {
        Path file = folder.resolve("model.safetensors");
        write(file, "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
        try (Weights weights = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> weights.read("a"))
                    .hasMessageContaining("[" + file + "]")
                    .hasMessageContaining("type [F64]")
                    .hasMessageContaining("F32, F16 or BF16");
        }
    }

    @Test
    void saysWhichShardIsNotThere() throws IOException {
        part("one.safetensors", "a", 1);
        Path index = index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");

        assertThatThrownBy(() -> new HostModelFiles(folder, FileSums.inMemory()).sha256(index))
                .hasMessageContaining("[" + folder.resolve("two.safetensors") + "] is not there");
    }

    @Test
    void readsTheShardsThatAnIndexNames() throws IOException {
        part("one.safetensors", "a", 1);
        part("two.safetensors", "b", 2);
        Path index = index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
        HostModelFiles files = new HostModelFiles(folder, FileSums.inMemory());
        String sum = files.sha256(index);
        try (Weights weights = files.weights(index)) {
            assertThat(weights.names()).containsExactlyInAnyOrder("a", "b");
            assertThat(weights.read("a").values()).containsExactly(1);
            assertThat(weights.read("b").values()).containsExactly(2);
        }
        part("two.safetensors", "b", 3);

        assertThat(new HostModelFiles(folder, FileSums.inMemory()).sha256(index))
                .isNotEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weight_map\":{\"a\":\"../one.safetensors\"}}",
                "{\"weight_map\":{\"a\":\"/one.safetensors\"}}",
                "{\"weight_map\":{\"a\":\"absent.safetensors\"}}",
                "{\"weight_map\":{\"z\":\"one.safetensors\"}}",
                "{\"weight_map\":{}}",
                "[",
            })
    void refusesAnIndexThatLeavesItsFolderOrNamesWhatIsNotThere(String json) throws IOException {
        part("one.safetensors", "a", 1);
        Path index = index(json);

        assertThatThrownBy(() -> ShardedWeights.open(index)).isInstanceOf(KemoException.class);
    }

    private Path index(String json) throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, json);
        return index;
    }

    private void part(String name, String tensor, float value) throws IOException {
        write(
                folder.resolve(name),
                "{\"" + tensor + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(value)
                        .array());
    }

    private float[] read(String type, short[] bits) throws IOException {
        ByteBuffer values = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        values.asShortBuffer().put(bits);
        Path file = folder.resolve(type);
        write(
                file,
                "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[" + bits.length + "],\"data_offsets\":[0,"
                        + 2 * bits.length + "]}}",
                values.array());
        try (Weights weights = SafetensorsFile.open(file)) {
            return weights.read("a").values();
        }
    }

    private static void write(Path file, String header, byte[] values) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + json.length + values.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(values)
                        .array());
    }
}

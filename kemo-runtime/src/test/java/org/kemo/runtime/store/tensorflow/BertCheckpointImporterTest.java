package org.kemo.runtime.store.tensorflow;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.model.Safetensors;
import org.kemo.runtime.store.FetchProgress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With a small checkpoint that TensorFlow wrote; {@code tiny-bert.md} says how. */
class BertCheckpointImporterTest {
    private static final String DATA = "variables/variables.data-00000-of-00001";
    private static final String INDEX = "variables/variables.index";
    private static final String VOCABULARY = "assets/vocab.txt";

    @TempDir
    Path folder;

    private final BertCheckpointImporter importer = new BertCheckpointImporter();
    private Path jar;
    private Path made;

    @BeforeEach
    void copyTheCheckpoint() throws IOException {
        jar = folder.resolve("tiny-bert.jar");
        Files.write(jar, resource("tiny-bert.jar"));
        made = Files.createDirectory(folder.resolve("made"));
    }

    @Test
    void knowsASavedModelFromOtherFiles() throws IOException {
        assertThat(importer.reads(jar)).isTrue();
        assertThat(importer.reads(zip("plain.zip", savedModel()))).isTrue();
        assertThat(importer.reads(Files.writeString(folder.resolve("words.txt"), "PK words")))
                .isFalse();
        assertThat(importer.reads(zip("other.jar", Map.of("a/b.class", new byte[] {1, 2, 3}))))
                .isFalse();
    }

    @Test
    void givesEveryTensorItsNameItsShapeAndItsValues() throws IOException {
        importer.convert(jar, made, FetchProgress.silent());

        String found = new TreeMap<>(Safetensors.read(made.resolve("model.safetensors")))
                .entrySet().stream()
                        .map(each -> each.getKey() + " " + shape(each.getValue()) + " " + sum(each.getValue()))
                        .collect(Collectors.joining("\n", "", "\n"));
        assertThat(found).isEqualTo(text("tiny-bert-tensors.txt"));
    }

    @Test
    void writesTheTokenizerThatTheTokenizersLibraryWrites() throws IOException {
        importer.convert(jar, made, FetchProgress.silent());

        assertThat(json(Files.readString(made.resolve("tokenizer.json"))))
                .isEqualTo(json(text("tiny-bert-tokenizer.json")));
    }

    @Test
    void tellsTheSizesFromTheShapes() throws IOException {
        importer.convert(jar, made, FetchProgress.silent());

        JsonNode config = json(Files.readString(made.resolve("config.json")));
        assertThat(config.path("architectures").path(0).asString()).isEqualTo("BertForMaskedLM");
        assertThat(config.path("model_type").asString()).isEqualTo("bert");
        assertThat(config.path("hidden_size").asInt()).isEqualTo(64);
        assertThat(config.path("num_hidden_layers").asInt()).isEqualTo(2);
        assertThat(config.path("num_attention_heads").asInt()).isEqualTo(1);
        assertThat(config.path("intermediate_size").asInt()).isEqualTo(32);
        assertThat(config.path("max_position_embeddings").asInt()).isEqualTo(8);
        assertThat(config.path("vocab_size").asInt()).isEqualTo(23);
        assertThat(config.path("type_vocab_size").asInt()).isEqualTo(2);
        assertThat(config.path("pad_token_id").asInt(-1)).isZero();
        assertThat(config.path("layer_norm_eps").asDouble()).isEqualTo(1e-12);
        assertThat(json(Files.readString(made.resolve("tokenizer_config.json")))
                        .path("model_max_length")
                        .asInt())
                .isEqualTo(8);
    }

    /** As all of BERT's authors' models have it: 768 and 12, 1024 and 16. */
    @Test
    void countsAHeadForEach64OfTheWidth() throws IOException {
        Map<String, CheckpointTensor> wide = new LinkedHashMap<>();
        CheckpointIndex.read(savedModel().get(INDEX), 214_150).forEach((name, tensor) -> {
            List<Integer> shape =
                    tensor.shape().stream().map(size -> size == 64 ? 128 : size).toList();
            wide.put(name, new CheckpointTensor(name, shape, tensor.offset(), tensor.bytes(), tensor.maskedSum()));
        });

        JsonNode config = json(new String(new BertTensors(wide).configuration(3), StandardCharsets.UTF_8));

        assertThat(config.path("hidden_size").asInt()).isEqualTo(128);
        assertThat(config.path("num_attention_heads").asInt()).isEqualTo(2);
        assertThat(config.path("pad_token_id").asInt()).isEqualTo(3);
    }

    @Test
    void leavesNothingElseInTheFolder() throws IOException {
        importer.convert(jar, made, FetchProgress.silent());

        assertThat(made)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
        assertThat(Files.readString(made.resolve("vocab.txt"))).contains("##ның\n", "𐎠\n");
    }

    @Test
    void readsAZipThatIsInNoJar() throws IOException {
        importer.convert(zip("plain.zip", savedModel()), made, FetchProgress.silent());

        assertThat(made.resolve("model.safetensors")).isNotEmptyFile();
    }

    @Test
    void makesLettersSmallWhereTheModelWants() throws IOException {
        Map<String, byte[]> model = savedModel();
        model.put("assets/model.json", "{\"doLowerCase\": true}".getBytes(StandardCharsets.UTF_8));

        importer.convert(zip("lower.zip", model), made, FetchProgress.silent());

        assertThat(json(Files.readString(made.resolve("tokenizer.json")))
                        .path("normalizer")
                        .path("lowercase")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void seesAChangedValue() throws IOException {
        assertRefused(
                DATA,
                data -> {
                    data[5000] ^= 1;
                    return data;
                },
                "the sum of its tensor");
    }

    @Test
    void seesDataThatAreCutOff() throws IOException {
        assertRefused(DATA, data -> Arrays.copyOf(data, data.length - 4), "does not fit");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 1000, 1500})
    void seesAChangedIndex(int at) throws IOException {
        assertRefused(
                INDEX,
                index -> {
                    index[at] ^= 4;
                    return index;
                },
                "of its index is wrong");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 47, 48, 500})
    void seesAnIndexThatIsCutOff(int bytes) throws IOException {
        assertRefused(INDEX, index -> Arrays.copyOf(index, bytes), "its index is");
    }

    /** The footer has no sum: whatever stands there must not be believed. */
    @Test
    void survivesAnyFooter() throws IOException {
        byte[] index = savedModel().get(INDEX);
        for (int at = index.length - 48; at < index.length - 8; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = index.clone();
                changed[at] ^= (byte) (1 << bit);
                try {
                    assertThat(CheckpointIndex.read(changed, 214_150)).isNotEmpty();
                } catch (DamagedCheckpoint e) {
                    assertThat(e).hasMessageContaining("its index");
                }
            }
        }
    }

    /** Keys of 100 kB, each of which takes seven bytes since it shares all but two with the one before. */
    @Test
    void refusesAnIndexThatTakesMuchMoreMemoryThanItsSize() {
        int shared = 100_000;
        ByteBuffer block = ByteBuffer.allocate(200_000).order(ByteOrder.LITTLE_ENDIAN);
        entry(block, 0, new byte[shared], new byte[0]);
        for (int i = 0; i < 10_000; i++) {
            entry(block, shared, new byte[] {(byte) ('a' + i % 20), (byte) ('a' + i / 20 % 20)}, new byte[0]);
        }
        block.putInt(0);
        byte[] index = table(block);

        assertThatThrownBy(() -> CheckpointIndex.read(index, 0))
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessageContaining("bytes of blocks and keys");
    }

    /** The same block again and again. */
    @Test
    void refusesAnIndexThatNamesABlockForEver() {
        ByteBuffer block = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        block.position(block.capacity() - Integer.BYTES);
        block.putInt(block.capacity() / Integer.BYTES - 1);
        ByteBuffer blocks = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer handle = ByteBuffer.allocate(20);
        varint(handle, 0);
        varint(handle, block.capacity());
        for (int i = 0; i < 1000; i++) {
            entry(blocks, 0, new byte[] {(byte) i, (byte) (i >> 8)}, Arrays.copyOf(handle.array(), handle.position()));
        }
        blocks.putInt(0);
        byte[] index = table(block, blocks);

        assertThatThrownBy(() -> CheckpointIndex.read(index, 0))
                .isInstanceOf(DamagedCheckpoint.class)
                .hasMessageContaining("its index has more than");
    }

    private static void entry(ByteBuffer block, int shared, byte[] rest, byte[] value) {
        varint(block, shared);
        varint(block, rest.length);
        varint(block, value.length);
        block.put(rest).put(value);
    }

    private static void varint(ByteBuffer to, int value) {
        int left = value;
        for (; left > 0x7f; left >>>= 7) {
            to.put((byte) (left | 0x80));
        }
        to.put((byte) left);
    }

    /** A table of one block. */
    private static byte[] table(ByteBuffer block) {
        ByteBuffer blocks = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer handle = ByteBuffer.allocate(20);
        varint(handle, 0);
        varint(handle, block.position());
        entry(blocks, 0, new byte[] {'z'}, Arrays.copyOf(handle.array(), handle.position()));
        blocks.putInt(0);
        return table(block, blocks);
    }

    /**
     * A table.
     *
     * @param block its first block
     * @param blocks the block that lists the others
     */
    private static byte[] table(ByteBuffer block, ByteBuffer blocks) {
        ByteBuffer file = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
        put(file, block);
        int second = file.position();
        put(file, blocks);
        int footer = file.position();
        varint(file, 0);
        varint(file, 0);
        varint(file, second);
        varint(file, blocks.position());
        file.position(footer + 40).putLong(0xdb4775248b80fb57L);
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void put(ByteBuffer file, ByteBuffer block) {
        CRC32C sum = new CRC32C();
        sum.update(block.duplicate().flip());
        sum.update(0);
        file.put(block.duplicate().flip()).put((byte) 0).putInt(MaskedSum.of(sum));
    }

    @Test
    void seesAVocabularyThatDoesNotFitTheVectors() throws IOException {
        assertRefused(
                VOCABULARY,
                vocabulary -> (new String(vocabulary, StandardCharsets.UTF_8) + "one more\n")
                        .getBytes(StandardCharsets.UTF_8),
                "has 24 words, and there are vectors for 23");
    }

    @Test
    void seesAVocabularyWithoutItsSpecialWords() throws IOException {
        assertRefused(
                VOCABULARY,
                vocabulary -> new String(vocabulary, StandardCharsets.UTF_8)
                        .replace("[MASK]", "mask")
                        .getBytes(StandardCharsets.UTF_8),
                "lacks [MASK]");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Map<String, byte[]> model = savedModel();
        model.remove(VOCABULARY);

        assertThatThrownBy(() -> importer.convert(zip("less.zip", model), made, FetchProgress.silent()))
                .hasMessageContaining("it lacks " + VOCABULARY);
    }

    private void assertRefused(String entry, UnaryOperator<byte[]> change, String why) throws IOException {
        Map<String, byte[]> model = savedModel();
        model.compute(entry, (name, content) -> change.apply(content));
        Path changed = zip("changed.zip", model);

        assertThatThrownBy(() -> importer.convert(changed, made, FetchProgress.silent()))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("[" + changed + "]")
                .hasMessageContaining(why);
    }

    private Map<String, byte[]> savedModel() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream outer = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = outer.getNextEntry(); entry != null; entry = outer.getNextEntry()) {
                if (entry.getName().endsWith("/tiny")) {
                    ZipInputStream inner = new ZipInputStream(outer);
                    for (ZipEntry each = inner.getNextEntry(); each != null; each = inner.getNextEntry()) {
                        entries.put(each.getName(), inner.readAllBytes());
                    }
                    break;
                }
            }
        }
        return entries;
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return file;
    }

    private static String shape(FloatTensor tensor) {
        return Arrays.toString(tensor.shape()).replace(" ", "");
    }

    private static String sum(FloatTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(tensor.count() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.values()) {
            bytes.putFloat(value);
        }
        return Sha256.of(bytes.array());
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BertCheckpointImporterTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

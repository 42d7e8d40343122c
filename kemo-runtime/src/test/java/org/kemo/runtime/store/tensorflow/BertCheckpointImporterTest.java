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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
        assertThat(config.path("layer_norm_eps").asDouble()).isEqualTo(1e-12);
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

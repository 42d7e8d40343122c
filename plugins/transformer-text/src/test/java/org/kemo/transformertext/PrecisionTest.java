package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kemo.api.KemoException;
import org.kemo.api.KemoException.Category;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelPrecision;

class PrecisionTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @RegisterExtension
    private final Host withoutDevice = new Host("cuda:99");

    @ParameterizedTest
    @CsvSource({"bert,", "xlm-roberta,", "mbart,kk_KZ"})
    void givesNearlyTheSameInSixteenBits(String name, String language) throws IOException {
        Path model = Tiny.copy(name, folder);
        List<Encoding> whole = encode(name, model, language, ModelPrecision.FLOAT32);
        List<Encoding> narrow = encode(name, model, language, ModelPrecision.FLOAT16);

        for (int i = 0; i < whole.size(); i++) {
            float[] states = whole.get(i).sequence().values();
            assertThat(narrow.get(i).sequence().values()).isNotEqualTo(states).containsExactly(states, within(1e-2f));
        }
    }

    @ParameterizedTest
    @CsvSource({"bert,", "xlm-roberta,", "mbart,kk_KZ"})
    void pointsTheSameWayInEightBits(String name, String language) throws IOException {
        Path model = Tiny.copy(name, folder);
        List<Encoding> whole = encode(name, model, language, ModelPrecision.FLOAT32);
        List<Encoding> rounded = encode(name, model, language, ModelPrecision.INT8);

        for (int i = 0; i < whole.size(); i++) {
            float[] vector = whole.get(i).pooled().values();
            assertThat(rounded.get(i).pooled().values()).isNotEqualTo(vector);
            assertThat(cosine(rounded.get(i).pooled().values(), vector)).isGreaterThan(0.99);
        }
    }

    @Test
    void givesATextInEightBitsTheSameVectorAloneAndBesideOthers() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert", folder), ModelPrecision.INT8, 0);
        List<Source> texts = texts("bert");

        assertThat(encoder.encode(texts))
                .isEqualTo(texts.stream()
                        .flatMap(text -> encoder.encode(List.of(text)).stream())
                        .toList());
    }

    @Test
    void runsEightBitsOnTheCpuWhateverIsConfigured() throws IOException {
        Path model = Tiny.copy("bert", folder);

        assertThatThrownBy(
                        () -> open(withoutDevice, model, ModelPrecision.FLOAT32).encode(texts("bert")))
                .hasMessageContaining("[cuda:99] cannot be had");
        assertThat(open(withoutDevice, model, ModelPrecision.INT8).encode(texts("bert")))
                .isEqualTo(open(host, model, ModelPrecision.INT8).encode(texts("bert")));
    }

    @Test
    void writesSmallerFilesUnderOtherNames() throws IOException {
        Path model = Tiny.copy("bert", folder);
        Map<ModelPrecision, Long> bytes = new EnumMap<>(ModelPrecision.class);
        Set<Path> before = new HashSet<>();
        for (ModelPrecision precision : ModelPrecision.values()) {
            open(model, precision, 0).encode(texts("bert"));
            Path network =
                    host.networks().stream().filter(before::add).findFirst().orElseThrow();
            bytes.put(precision, Files.size(network.resolve("network.onnx.data")));
        }

        long whole = bytes.get(ModelPrecision.FLOAT32);
        assertThat(before).hasSize(3);
        assertThat(bytes.get(ModelPrecision.FLOAT16)).isLessThan(whole);
        assertThat(bytes.get(ModelPrecision.INT8)).isLessThan(bytes.get(ModelPrecision.FLOAT16));
    }

    @Test
    void tellsPrecisionsApartAndKeepsTheUsualFingerprint() throws IOException {
        Path model = Tiny.copy("bert", folder);

        assertThat(Stream.of(ModelPrecision.values())
                        .map(precision -> open(model, precision, 0).fingerprint()))
                .doesNotHaveDuplicates();
        // As it was before there was a choice.
        String files = "transformer-text 1  " + sha256(Files.readAllBytes(model.resolve("tokenizer.json"))) + " "
                + sha256(Files.readAllBytes(model.resolve("config.json"))) + " "
                + sha256(Files.readAllBytes(model.resolve("model.safetensors")));
        assertThat(open(model, ModelPrecision.FLOAT32, 0).fingerprint())
                .isEqualTo(sha256(files.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(ModelPrecision.class)
    void refusesNumbersThatAreNotFinite(ModelPrecision precision) throws IOException {
        Path model = Tiny.copy("bert", folder);
        makeHuge(model.resolve("model.safetensors"), "encoder.layer.1.output.LayerNorm.weight");

        assertThatThrownBy(() -> open(model, precision, 0).encode(texts("bert")))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.PLUGIN))
                .hasMessageContaining("[file:" + model + "]")
                .hasMessageContaining("Infinity]")
                .hasMessageContaining("[" + precision.name().toLowerCase(Locale.ROOT) + "]");
    }

    /** Makes all numbers of a tensor 3e38. */
    private static void makeHuge(Path safetensors, String tensor) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        int begin = Long.BYTES + (int) bytes.getLong(0);
        String header = new String(bytes.array(), Long.BYTES, begin - Long.BYTES, StandardCharsets.UTF_8);
        JsonArray offsets = JsonParser.parseString(header)
                .getAsJsonObject()
                .getAsJsonObject(tensor)
                .getAsJsonArray("data_offsets");
        for (int at = offsets.get(0).getAsInt(); at < offsets.get(1).getAsInt(); at += Float.BYTES) {
            bytes.putFloat(begin + at, 3e38f);
        }
        Files.write(safetensors, bytes.array());
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, onnx/model_quantized.onnx",
        "INT8, onnx/model_int8.onnx",
        "INT8, model_quantized.onnx",
        "INT8, model_int8.onnx",
        "FLOAT16, onnx/model_fp16.onnx",
        "FLOAT16, model_fp16.onnx"
    })
    void runsTheReadyFileOfThePrecision(ModelPrecision precision, String file) throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        List<Encoding> usual = open(model, ModelPrecision.FLOAT32, 0).encode(texts("bert"));
        Files.move(model.resolve("onnx/model.onnx"), model.resolve(file));

        List<Encoding> encodings = open(model, precision, 0).encode(texts("bert"));

        // One on the CPU and one on another device, where that is configured.
        assertThat(encodings.get(0).pooled().values())
                .containsExactly(usual.get(0).pooled().values(), within(1e-5f));
        assertThatThrownBy(host::networks).isInstanceOf(IOException.class);
    }

    @Test
    void writesItsOwnWhereTheReadyFileIsOfAnotherPrecision() throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        Files.copy(Tiny.copy("bert", folder).resolve("model.safetensors"), model.resolve("model.safetensors"));

        open(model, ModelPrecision.INT8, 0).encode(texts("bert"));

        assertThat(host.networks()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"INT8, int8, onnx/model_quantized.onnx", "FLOAT16, float16, onnx/model_fp16.onnx"})
    void saysWhichReadyFileIsMissing(ModelPrecision precision, String said, String file) throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);

        assertThatThrownBy(() -> open(model, precision, 0).fingerprint())
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.CONFIGURATION))
                .hasMessageContaining("[" + said + "]")
                .hasMessageContaining(file);
    }

    @ParameterizedTest
    @CsvSource({"bert, true", "distilbert, false"})
    void advisesWeightsOnlyWhereItHasANetworkForThem(String type, boolean advised) throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"model_type\": \"bert\"", "\"model_type\": \"" + type + "\""));

        assertThatThrownBy(() -> open(model, ModelPrecision.INT8, 0).fingerprint())
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.remedy().contains("model.safetensors"))
                                .isEqualTo(advised));
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelPrecision.class,
            names = {"INT8", "FLOAT16"})
    void trainsLayersOnThirtyTwoBitsOnly(ModelPrecision precision) throws IOException {
        Path model = Tiny.copy("bert", folder);

        assertThatThrownBy(() -> open(model, precision, 1).tuned())
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.CONFIGURATION))
                .hasMessageContaining("tune.layers [1]");
    }

    private List<Encoding> encode(String name, Path model, String language, ModelPrecision precision)
            throws IOException {
        return open(host, model, Optional.ofNullable(language), new Usage(Output.TOKENS, precision, Tune.none()))
                .encode(texts(name));
    }

    private PretrainedEncoder open(Path model, ModelPrecision precision, int layers) {
        return open(host, model, Optional.empty(), new Usage(Output.POOLED, precision, new Tune(layers, 0.1)));
    }

    private static PretrainedEncoder open(Host host, Path model, ModelPrecision precision) {
        return open(host, model, Optional.empty(), new Usage(Output.POOLED, precision, Tune.none()));
    }

    private static PretrainedEncoder open(Host host, Path model, Optional<String> language, Usage usage) {
        return host.transformers().open(new TextModel("file:" + model, Pooling.MEAN, false, false, 0, language, usage));
    }

    private static List<Source> texts(String name) throws IOException {
        return Tiny.reference(name).stream()
                .<Source>map(text -> new Source.Text(text.get("text").getAsString()))
                .toList();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.LabelsConfiguration;
import org.kemo.runtime.configuration.ModalityConfiguration;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.model.ModelCard;
import org.kemo.runtime.model.ModelFolder;
import org.kemo.runtime.model.OnnxExport;
import org.kemo.runtime.model.Standardisation;
import org.kemo.runtime.onnx.OnnxNetwork;

/** An exported model answers on ONNX Runtime alone as it does in Kemo. */
class ExportTest {
    private static final Modality TEXT = Modality.of("text");
    private static final List<String> OWN = List.of("low", "middle", "high");
    private static final List<String> TEXTS = List.of(
            "I am so glad",
            "Мен бүгін өте қуаныштымын, сен ше?",
            "no",
            "I am so glad that you came, and that you came so early in the day!");

    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @ParameterizedTest
    @CsvSource({
        "bert,CLS,1,",
        "bert,MEAN,0,",
        "xlm-roberta,MEAN,2,",
        "xlm-roberta,LAST,0,",
        "mbart,MEAN,1,",
        "mbart,MAX,0,kk_KZ",
        "labse,MODEL,1,",
        "labse,MODEL,0,",
        "labse-narrow,MODEL,0,"
    })
    void answersOnOnnxRuntimeAloneAsInKemo(String name, Pooling pooling, int tuned, String language)
            throws IOException, OrtException {
        Path pretrained = Tiny.copy(name, folder);

        assertAnswersAsInKemo(open(pretrained, pooling, tuned, Optional.ofNullable(language)));
    }

    @Test
    void speaksTheLanguageThatTheTokenizerPutsFirst() throws IOException, OrtException {
        Path pretrained = Tiny.copy("mbart", folder);
        Tiny.languageFirst(pretrained);

        assertAnswersAsInKemo(open(pretrained, Pooling.CLS, 0, Optional.of("kk_KZ")));
    }

    private void assertAnswersAsInKemo(PretrainedEncoder encoder) throws IOException, OrtException {
        ModelAssembly assembly = assembly(encoder, OWN, Map.of());
        ModelFolder model = model(assembly, encoder);

        OnnxExport export = OnnxExport.write(model, assembly, folder.resolve("export"));

        Map<String, float[][]> outputs = run(export);
        try (EmotionModel kemo = new EmotionModel(
                assembly, model.card(), folder, host.sessions().lease(SessionRequest.of(model.network())))) {
            for (int n = 0; n < TEXTS.size(); n++) {
                Map<String, Double> expected = kemo.predict(
                                kemo.utterance("text", Optional.empty(), Optional.of(TEXTS.get(n))))
                        .probabilities();
                double[] odds = new double[OWN.size()];
                for (int c = 0; c < OWN.size(); c++) {
                    assertThat(outputs.get("probabilities")[n][c])
                            .isCloseTo(expected.get(OWN.get(c)).floatValue(), within(1e-5f));
                    odds[c] = Math.exp(outputs.get("logits")[n][c]);
                }
                assertThat(odds[0] / Arrays.stream(odds).sum())
                        .isCloseTo(outputs.get("probabilities")[n][0], within(1e-5));
            }
        }
    }

    @Test
    void answersInTheClassesOfTheModel() throws IOException, OrtException {
        PretrainedEncoder encoder = open(Tiny.copy("bert", folder), Pooling.MEAN, 0, Optional.empty());
        ModelAssembly own = assembly(encoder, OWN, Map.of());
        ModelAssembly aligned = assembly(encoder, List.of("high", "other"), Map.of("low", "other", "middle", "other"));

        float[][] three = run(OnnxExport.write(model(own, encoder), own, folder.resolve("three")))
                .get("probabilities");
        OnnxExport export = OnnxExport.write(model(aligned, encoder), aligned, folder.resolve("two"));
        Map<String, float[][]> two = run(export);

        for (int n = 0; n < TEXTS.size(); n++) {
            assertThat(two.get("probabilities")[n][0]).isCloseTo(three[n][2], within(1e-6f));
            assertThat(two.get("probabilities")[n][1]).isCloseTo(three[n][0] + three[n][1], within(1e-6f));
            assertThat((float) Math.exp(two.get("logits")[n][0])).isCloseTo(three[n][2], within(1e-6f));
        }
        JsonObject configuration = JsonParser.parseString(Files.readString(folder.resolve("two/config.json")))
                .getAsJsonObject();
        assertThat(configuration.getAsJsonObject("id2label")).hasToString("{\"0\":\"high\",\"1\":\"other\"}");
        assertThat(configuration.get("pad_token_id").getAsInt()).isZero();
        assertThat(export.maxTokens()).isEqualTo(configuration.get("max_tokens").getAsInt());
    }

    @Test
    void replacesAnEarlierExportAndNothingElse() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert", folder), Pooling.CLS, 1, Optional.empty());
        ModelAssembly assembly = assembly(encoder, OWN, Map.of());
        ModelFolder model = model(assembly, encoder);
        Path out = Files.createDirectories(folder.resolve("export"));

        OnnxExport first = OnnxExport.write(model, assembly, out);
        byte[] bytes = Files.readAllBytes(first.file());
        OnnxExport second = OnnxExport.write(model, assembly, out);
        assertThat(second.file()).hasBinaryContent(bytes).hasSize(second.bytes());
        assertThat(out).isDirectoryNotContaining(file -> file.getFileName().startsWith("model.onnx.data"));

        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> OnnxExport.write(model, assembly, out))
                .hasMessageContaining("[" + out + "] holds something else than an export");
        assertThat(out.resolve("notes.txt")).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining("glob:**/.export*");
    }

    @Test
    void saysThatAReadyFileIsNotExported() throws IOException {
        PretrainedEncoder encoder = open(Tiny.copy("bert-onnx", folder), Pooling.CLS, 0, Optional.empty());
        ModelAssembly assembly = assembly(encoder, OWN, Map.of());

        assertThatThrownBy(() -> OnnxExport.write(model(assembly, encoder), assembly, folder.resolve("export")))
                .hasMessageContaining("The encoder [transformer-text]")
                .hasMessageContaining("runs a ready file")
                .hasMessageContaining("model.safetensors of a model that Kemo has a network for")
                .hasMessageNotContaining("no ONNX file");
        assertThat(folder.resolve("export")).doesNotExist();
    }

    @Test
    void saysThatATextWhichIsChangedBeforeIsNotExported() throws IOException {
        Path pretrained = Tiny.copy("bert", folder);
        Files.writeString(pretrained.resolve("sentence_bert_config.json"), "{\"do_lower_case\": true}");
        PretrainedEncoder encoder = open(pretrained, Pooling.CLS, 0, Optional.empty());
        ModelAssembly assembly = assembly(encoder, OWN, Map.of());

        assertThatThrownBy(() -> OnnxExport.write(model(assembly, encoder), assembly, folder.resolve("export")))
                .hasMessageContaining("texts that it changes before")
                .hasMessageContaining("no do_lower_case");
    }

    private PretrainedEncoder open(Path model, Pooling pooling, int layers, Optional<String> language) {
        return host.transformers()
                .open(new TextModel(
                        "file:" + model,
                        pooling,
                        false,
                        false,
                        0,
                        language,
                        new Usage(Output.POOLED, ModelPrecision.FLOAT32, new Tune(layers, 0.1))));
    }

    private static ModelAssembly assembly(PretrainedEncoder encoder, List<String> labels, Map<String, String> align) {
        ModalityConfiguration text = new ModalityConfiguration(
                List.of(),
                List.of(),
                1,
                1000,
                List.of(),
                List.of(new Component<Encoder>("transformer-text", 1, "{}", encoder)),
                ModalityConfiguration.Join.CONCAT,
                0,
                OWN);
        return new ModelAssembly(
                new KemoConfiguration(
                        1,
                        new LabelsConfiguration(labels, Map.of("text", align)),
                        Map.of("text", text),
                        Optional.empty(),
                        Optional.empty()),
                new AudioReader());
    }

    /** A folder as training leaves it, with layers that went on from their published values. */
    private ModelFolder model(ModelAssembly assembly, PretrainedEncoder encoder) {
        Random random = new Random(5);
        int width = encoder.width();
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int d = 0; d < width; d++) {
            mean[d] = (float) random.nextGaussian() / 10;
            deviation[d] = 0.5f + random.nextFloat();
        }
        Standardisation standardisation = new Standardisation(mean, deviation);
        ModalityNetwork network = assembly.network(TEXT, width, Optional.of(standardisation));
        EmotionNetwork whole = new EmotionNetwork(assembly.labels(), List.of(network), Optional.empty());
        Map<String, FloatTensor> published = new LinkedHashMap<>();
        encoder.tuned().ifPresent(layers -> layers.pretrained()
                .forEach((name, value) -> published.put(network.encoderScope() + "/" + name, changed(value, random))));
        Path trained = folder.resolve("trained" + assembly.labels().size());
        ModelFolder.write(
                trained,
                new ModelCard(
                        ModelCard.FORMAT,
                        Map.of(
                                "text",
                                new ModelCard.ModalityCard(width, List.of("tokens"), Map.of(), Optional.empty())),
                        Map.of(),
                        new ModelCard.ParameterCount(0, 0),
                        Map.of(),
                        new ModelCard.Provenance("test", 1, Map.of(), Map.of())),
                "{}",
                OnnxNetwork.of("test", "", whole, NetworkParameters.of(whole, published, 3))
                        .bytes(),
                Map.of("text", standardisation));
        return ModelFolder.read(trained, host.sums());
    }

    private static FloatTensor changed(FloatTensor published, Random random) {
        float[] values = published.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) random.nextGaussian() / 20;
        }
        return FloatTensor.of(values, published.shape());
    }

    /** As somebody else would: the tokenizers library that cuts long texts, padding on the right, and ONNX Runtime. */
    private static Map<String, float[][]> run(OnnxExport export) throws IOException, OrtException {
        List<long[]> ids = new ArrayList<>();
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                export.file().resolveSibling("tokenizer.json"),
                Map.of("truncation", "true", "maxLength", Integer.toString(export.maxTokens()), "padding", "false"))) {
            TEXTS.forEach(text -> ids.add(tokenizer.encode(text).getIds()));
        }
        int longest = ids.stream().mapToInt(each -> each.length).max().orElseThrow();
        long[][] padded = new long[ids.size()][longest];
        long[][] mask = new long[ids.size()][longest];
        for (int n = 0; n < ids.size(); n++) {
            System.arraycopy(ids.get(n), 0, padded[n], 0, ids.get(n).length);
            Arrays.fill(mask[n], 0, ids.get(n).length, 1);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(export.file().toString());
                OnnxTensor tokens = OnnxTensor.createTensor(environment, padded);
                OnnxTensor real = OnnxTensor.createTensor(environment, mask);
                OrtSession.Result result = session.run(Map.of("input_ids", tokens, "attention_mask", real))) {
            assertThat(session.getInputNames()).containsExactlyInAnyOrder("input_ids", "attention_mask");
            Map<String, float[][]> outputs = new LinkedHashMap<>();
            for (String name : List.of("probabilities", "logits")) {
                outputs.put(name, (float[][]) result.get(name).orElseThrow().getValue());
            }
            return outputs;
        }
    }
}

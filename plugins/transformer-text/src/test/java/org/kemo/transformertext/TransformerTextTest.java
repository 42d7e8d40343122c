package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.Weights;

/** Against the reference libraries: README.md beside the models has the call that made them. */
class TransformerTextTest {
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @ParameterizedTest
    @CsvSource({
        "bert,",
        "bert-onnx,",
        "roberta,",
        "roberta-onnx,",
        "xlm-roberta,",
        "xlm-roberta-onnx,",
        "mbart,kk_KZ",
        "mbart-onnx,kk_KZ"
    })
    void givesTheHiddenStatesOfTheReferenceLibrary(String name, String language) throws IOException {
        assertGivesTheStatesOfTheReference(name, Tiny.copy(name, folder), Optional.ofNullable(language));
    }

    @Test
    void namesTheTypesOfModelsThatItMakesNetworksOf() {
        assertThat(new TransformerTextFactory(reference -> folder, host.files(), host.sessions()).modelTypes())
                .containsExactlyInAnyOrder("bert", "roberta", "xlm-roberta", "camembert", "mbart");
    }

    /** As the reference library saves models with a head, and as the authors of BERT called the parameters of normalisations. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bert; ; ^=bert. LayerNorm.weight=LayerNorm.gamma LayerNorm.bias=LayerNorm.beta",
                "roberta; ; ^=roberta.",
                "xlm-roberta; ; ^=roberta.",
                "roberta; ; ^=camembert.",
                "mbart; kk_KZ; ^=model.",
                "mbart; kk_KZ; ^=model. shared=encoder.embed_tokens",
                "mbart; kk_KZ; ^=model. shared=decoder.embed_tokens",
                "mbart; kk_KZ; ^encoder.= shared=embed_tokens"
            })
    void findsTheEncoderInsideAnotherModel(String name, String language, String renaming) throws IOException {
        Path model = Tiny.copy(name, folder);
        Path weights = model.resolve("model.safetensors");
        Map<String, String> names = new LinkedHashMap<>();
        for (String each : tensors(weights).keySet()) {
            String renamed = each;
            for (String pair : renaming.split(" ")) {
                String[] parts = pair.split("=", 2);
                renamed = renamed.replaceFirst(parts[0], parts[1]);
            }
            names.put(each, renamed);
        }
        write(weights, names, weights);

        assertGivesTheStatesOfTheReference(name, model, Optional.ofNullable(language));
    }

    @Test
    void findsTheEncoderInTwoShards() throws IOException {
        Path model = Tiny.copy("bert", folder);
        Path weights = model.resolve("model.safetensors");
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, String> second = new LinkedHashMap<>();
        JsonObject shards = new JsonObject();
        for (String each : tensors(weights).keySet()) {
            boolean early = first.size() <= second.size();
            (early ? first : second).put(each, each);
            shards.addProperty(each, early ? "model-1-of-2.safetensors" : "model-2-of-2.safetensors");
        }
        write(weights, first, model.resolve("model-1-of-2.safetensors"));
        write(weights, second, model.resolve("model-2-of-2.safetensors"));
        JsonObject index = new JsonObject();
        index.add("weight_map", shards);
        Files.writeString(model.resolve("model.safetensors.index.json"), index.toString());
        Files.delete(weights);

        assertGivesTheStatesOfTheReference("bert", model, Optional.empty());
    }

    /** The tensors that the header of a file lists. */
    private static Map<String, JsonElement> tensors(Path weights) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
        String header = new String(file.array(), Long.BYTES, (int) file.getLong(0), StandardCharsets.UTF_8);
        Map<String, JsonElement> tensors = new LinkedHashMap<>(
                JsonParser.parseString(header).getAsJsonObject().asMap());
        tensors.remove("__metadata__");
        return tensors;
    }

    /** Writes some of the tensors of a file down under other names. */
    private static void write(Path weights, Map<String, String> names, Path to) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
        int values = Long.BYTES + (int) file.getLong(0);
        Map<String, JsonElement> tensors = tensors(weights);
        JsonObject header = new JsonObject();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        names.forEach((name, renamed) -> {
            JsonObject tensor = tensors.get(name).deepCopy().getAsJsonObject();
            JsonArray place = tensor.getAsJsonArray("data_offsets");
            int begin = place.get(0).getAsInt();
            int length = place.get(1).getAsInt() - begin;
            place.set(0, new JsonPrimitive(bytes.size()));
            place.set(1, new JsonPrimitive(bytes.size() + length));
            header.add(renamed, tensor);
            bytes.write(file.array(), values + begin, length);
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(
                to,
                ByteBuffer.allocate(Long.BYTES + json.length + bytes.size())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(bytes.toByteArray())
                        .array());
    }

    private void assertGivesTheStatesOfTheReference(String name, Path model, Optional<String> language)
            throws IOException {
        PretrainedEncoder encoder = encoder(model, Pooling.CLS, Output.TOKENS, language);
        List<JsonObject> reference = Tiny.reference(name);
        List<Encoding> encodings = encoder.encode(texts(reference));

        for (int i = 0; i < reference.size(); i++) {
            JsonArray states = reference.get(i).getAsJsonArray("states");
            Encoding encoding = encodings.get(i);
            assertThat(encoding.sequence().shape()).as("text %d", i).containsExactly(states.size(), encoder.width());
            for (int t = 0; t < states.size(); t++) {
                assertClose(row(encoding, t), states.get(t).getAsJsonArray());
            }
            assertThat(encoding.pooled().values()).containsExactly(row(encoding, 0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"hidden_act\": \"gelu\"; \"hidden_act\": \"relu\"; true",
                "\"hidden_act\"; \"position_embedding_type\": \"alibi\", \"hidden_act\"; true",
                "\"intermediate_size\"; \"another_size\"; false",
                // It gives vectors of some width all the same.
                "\"hidden_size\"; \"another_size\"; false",
                "\"model_type\": \"bert\"; \"model_type\": \"distilbert\"; true"
            })
    void runsAReadyFileThatKemoHasNoNetworkFor(String there, String instead, boolean weighed) throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        if (weighed) {
            Files.copy(Tiny.copy("bert", folder).resolve("model.safetensors"), model.resolve("model.safetensors"));
        }
        Path config = model.resolve("config.json");
        String json = Files.readString(config);
        assertThat(json).contains(there);
        String other = json.replace(there, instead);
        Files.writeString(config, instead.contains("distilbert") ? other.replace("hidden_size", "dim") : other);
        List<JsonObject> reference = Tiny.reference("bert");

        List<Encoding> encodings =
                encoder(model, Pooling.CLS, Output.TOKENS, Optional.empty()).encode(texts(reference));

        for (int i = 0; i < reference.size(); i++) {
            assertClose(
                    encodings.get(i).pooled().values(),
                    reference.get(i).getAsJsonArray("states").get(0).getAsJsonArray());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2_Dense/config.json; ''; ''",
                // The reference library's own value where there is none.
                "2_Dense/config.json; \"activation_function\"[^,]*,; ''",
                // As folders said it before version 6.
                "1_Pooling/config.json; \"pooling_mode\": \"cls\"; \"pooling_mode_cls_token\": true",
                "1_Pooling/config.json; \"cls\"; [\"cls\"]",
            })
    void poolsProjectsAndScalesAsSentenceTransformersDo(String file, String there, String instead) throws IOException {
        Path model = Tiny.copy("labse", folder);
        String json = Files.readString(model.resolve(file));
        Files.writeString(model.resolve(file), json.replaceFirst(there, instead));
        assertThat(json).containsPattern(there);
        PretrainedEncoder encoder = encoder(model, Pooling.MODEL, Output.POOLED, Optional.empty());
        List<JsonObject> reference = Tiny.reference("labse");
        List<Encoding> encodings = encoder.encode(texts(reference));

        for (int i = 0; i < reference.size(); i++) {
            assertClose(encodings.get(i).pooled().values(), reference.get(i).getAsJsonArray("vector"));
            assertThat(encodings.get(i).sequence().size(0)).isZero();
        }
    }

    @Test
    void takesTheMeanWhereTheFolderNamesNoPooling() throws IOException {
        Path model = Tiny.copy("bert", folder);
        PretrainedEncoder asked = encoder(model, Pooling.MEAN, Output.POOLED, Optional.empty());
        PretrainedEncoder left = encoder(model, Pooling.MODEL, Output.POOLED, Optional.empty());
        List<Source> texts = texts(Tiny.reference("bert"));

        assertThat(left.encode(texts)).isEqualTo(asked.encode(texts));
        assertThat(left.fingerprint()).isEqualTo(asked.fingerprint());
    }

    @Test
    void projectsIntoAnotherWidthWithoutBiasAndActivation() throws IOException {
        PretrainedEncoder encoder =
                encoder(Tiny.copy("labse-narrow", folder), Pooling.MODEL, Output.POOLED, Optional.empty());
        List<JsonObject> reference = Tiny.reference("labse-narrow");
        List<Encoding> encodings = encoder.encode(texts(reference));

        assertThat(encoder.width()).isEqualTo(8);
        for (int i = 0; i < reference.size(); i++) {
            assertClose(encodings.get(i).pooled().values(), reference.get(i).getAsJsonArray("vector"));
        }
    }

    @Test
    void scalesTheMeanToLengthOneWhereThatIsAskedFor() throws IOException {
        Path model = Tiny.copy("bert", folder);
        List<JsonObject> reference = Tiny.reference("bert");
        List<Encoding> encodings = host.transformers()
                .open(new TextModel(
                        "file:" + model, Pooling.MEAN, false, true, 0, Optional.empty(), Tiny.usage(Output.POOLED)))
                .encode(texts(reference));

        for (int i = 0; i < reference.size(); i++) {
            JsonArray states = reference.get(i).getAsJsonArray("states");
            double[] mean = new double[16];
            double squares = 0;
            for (int feature = 0; feature < mean.length; feature++) {
                for (JsonElement state : states) {
                    mean[feature] += state.getAsJsonArray().get(feature).getAsDouble() / states.size();
                }
                squares += mean[feature] * mean[feature];
            }
            for (int feature = 0; feature < mean.length; feature++) {
                assertThat(encodings.get(i).pooled().at(feature))
                        .isCloseTo((float) (mean[feature] / Math.sqrt(squares)), within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "bert-onnx",
                "roberta",
                "roberta-onnx",
                "xlm-roberta",
                "xlm-roberta-onnx",
                "mbart",
                "mbart-onnx"
            })
    void answersATextAloneAsBesideOthersInAnyOrder(String name) throws IOException {
        Path model = Tiny.copy(name, folder);
        PretrainedEncoder encoder = encoder(model, Pooling.MEAN, Output.POOLED, Optional.empty());
        List<Source> texts = texts(Tiny.reference(name));
        List<Encoding> together = encoder.encode(texts);
        List<Source> turned = new ArrayList<>(texts);
        Collections.reverse(turned);
        List<Encoding> backwards = encoder.encode(turned);

        for (int i = 0; i < texts.size(); i++) {
            float[] alone =
                    encoder.encode(List.of(texts.get(i))).get(0).pooled().values();
            assertThat(together.get(i).pooled().values()).containsExactly(alone, within(1e-6f));
            assertThat(backwards.get(texts.size() - 1 - i).pooled().values()).containsExactly(alone, within(1e-6f));
        }
    }

    @Test
    void runsTextsOfSimilarLengthTogether() throws IOException {
        assumeThat(Host.DEVICE).as("Padding costs nothing on CUDA").isEqualTo("cpu");
        List<int[]> shapes = new ArrayList<>();
        PretrainedEncoder encoder = host.transformers(shapes::add)
                .open(model(Tiny.copy("bert", folder), Pooling.CLS, Output.TOKENS, Optional.empty()));
        List<Source> texts = IntStream.range(0, 60)
                .<Source>mapToObj(n -> new Source.Text("a ".repeat(1 + n * 7 % 40)))
                .toList();

        long tokens = encoder.encode(texts).stream()
                .mapToLong(each -> each.sequence().size(0))
                .sum();

        assertThat(shapes.stream().mapToInt(shape -> shape[0]).sum()).isEqualTo(60);
        assertThat(shapes).hasSizeLessThan(20);
        // At most an eighth is padding.
        assertThat(shapes.stream()
                                .mapToLong(shape -> (long) shape[0] * shape[1])
                                .sum()
                        * 7)
                .isLessThanOrEqualTo(tokens * 8);
    }

    @Test
    void runsTextsOfOneLengthTogetherWhereTheModelKnowsNoPadding() throws IOException {
        Path ready = ready(Unmasked::new);
        List<int[]> shapes = new ArrayList<>();
        List<JsonObject> reference = Tiny.reference("bert");
        // Each of them twice, so that some may share a run.
        List<Source> texts = Stream.concat(texts(reference).stream(), texts(reference).stream())
                .toList();

        List<Encoding> encodings = host.transformers(shapes::add)
                .open(model(ready, Pooling.CLS, Output.TOKENS, Optional.empty()))
                .encode(texts);

        for (int i = 0; i < texts.size(); i++) {
            JsonArray states = reference.get(i % reference.size()).getAsJsonArray("states");
            assertThat(encodings.get(i).sequence().size(0)).isEqualTo(states.size());
            for (int t = 0; t < states.size(); t++) {
                assertClose(row(encodings.get(i), t), states.get(t).getAsJsonArray());
            }
        }
        assertThat(shapes.stream().mapToInt(shape -> shape[0]).sum()).isEqualTo(texts.size());
        assertThat(shapes).hasSizeLessThanOrEqualTo(reference.size());
    }

    /** As exports of sentence-transformers name their outputs. */
    @Test
    void findsTheHiddenStatesBesideTheVectorOfAReadyFile() throws IOException {
        Path ready = ready(network -> new Named(network, List.of("token_embeddings", "sentence_embedding")));

        assertGivesTheStatesOfTheReference("bert", ready, Optional.empty());
    }

    @Test
    void refusesAReadyFileWithoutHiddenStates() throws IOException {
        PretrainedEncoder encoder = encoder(
                ready(network -> new Named(network, List.of("logits"))), Pooling.CLS, Output.TOKENS, Optional.empty());
        List<Source> texts = List.of(new Source.Text("glad"));

        assertThatThrownBy(() -> encoder.encode(texts))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("gives [logits], among which there are no hidden states");
    }

    /** A folder like bert-onnx whose file computes something else from the same weights. */
    private Path ready(Function<TransformerNetwork, Network> changed) throws IOException {
        Path bert = Tiny.copy("bert", folder);
        TransformerNetwork network =
                new TransformerNetwork(Architecture.of(JsonFile.read(bert.resolve("config.json"))), 2);
        Path ready = Tiny.copy("bert-onnx", folder);
        try (Weights weights = host.files().weights(bert.resolve("model.safetensors"))) {
            Path written = host.files()
                    .model(
                            "changed",
                            changed.apply(network),
                            ModelPrecision.FLOAT32,
                            new TensorNames(bert.resolve("model.safetensors"), weights, Architecture.Family.BERT));
            Files.copy(written, ready.resolve("onnx/model.onnx"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(written.resolveSibling("network.onnx.data"), ready.resolve("onnx/network.onnx.data"));
        }
        return ready;
    }

    /** A transformer with other names of its outputs: the hidden states, and where there is a second one their largest values. */
    private record Named(TransformerNetwork network, List<String> names) implements Network {
        @Override
        public List<Input> inputs() {
            return network.inputs();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T states = network.forward(ops, inputs).get(ModelInputs.STATES);
            Map<String, T> outputs = new LinkedHashMap<>();
            outputs.put(names.get(0), states);
            if (names.size() > 1) {
                outputs.put(names.get(1), ops.maskedMax(states, inputs.get(ModelInputs.MASK)));
            }
            return outputs;
        }
    }

    /** A transformer that takes all tokens for real. */
    private record Unmasked(TransformerNetwork network) implements Network {
        @Override
        public List<Input> inputs() {
            return network.inputs().stream()
                    .filter(input -> input.name().equals(ModelInputs.IDS))
                    .toList();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            float[] ones = new float[network.architecture().vocabulary()];
            Arrays.fill(ones, 1);
            T ids = inputs.get(ModelInputs.IDS);
            T mask = ops.sum(ops.gather(ops.constant(FloatTensor.of(ones, ones.length, 1)), ids), -1);
            T positions = ops.ids(ops.subtract(ops.cumulativeSum(mask, -1), ops.constant(1)));
            return network.forward(
                    ops, Map.of(ModelInputs.IDS, ids, ModelInputs.MASK, mask, ModelInputs.POSITIONS, positions));
        }
    }

    @Test
    void poolsByTheLargestTheLastAndTheMean() throws IOException {
        Path model = Tiny.copy("bert", folder);
        Encoding states = encode(model, Pooling.CLS, Output.TOKENS);
        int steps = states.sequence().size(0);
        float[] largest = encode(model, Pooling.MAX, Output.POOLED).pooled().values();
        float[] mean = encode(model, Pooling.MEAN, Output.POOLED).pooled().values();

        assertThat(encode(model, Pooling.LAST, Output.POOLED).pooled().values())
                .containsExactly(row(states, steps - 1));
        for (int feature = 0; feature < largest.length; feature++) {
            float most = Float.NEGATIVE_INFINITY;
            float sum = 0;
            for (int t = 0; t < steps; t++) {
                most = Math.max(most, states.sequence().at(t, feature));
                sum += states.sequence().at(t, feature);
            }
            assertThat(largest[feature]).isEqualTo(most);
            assertThat(mean[feature]).isCloseTo(sum / steps, within(TOLERANCE));
        }
    }

    @Test
    void writesTheModelDownOnce() throws IOException {
        Path model = Tiny.copy("bert", folder);
        encode(model, Pooling.MEAN, Output.POOLED);
        List<Path> first = host.networks();
        encode(model, Pooling.CLS, Output.POOLED);

        assertThat(first).hasSize(1);
        assertThat(host.networks()).isEqualTo(first);
    }

    /** A folder that another program has fetched may hold both; that which Kemo fetches itself has the weights alone. */
    @Test
    void passesOverAReadyFileBesideWeightsOfWhichItMakesItsOwn() throws IOException {
        Path model = Tiny.copy("bert", folder);
        String before = fingerprint(model);
        Path ready = Tiny.copy("bert-onnx", folder);
        Files.move(ready.resolve("onnx"), model.resolve("onnx"));
        PretrainedEncoder encoder = encoder(model, Pooling.MEAN, Output.POOLED, Optional.empty());

        assertThat(encoder.fingerprint()).isEqualTo(before);
        assertThat(encoder.whole()).isPresent();
        assertThat(host.networks()).hasSize(1);
    }

    @Test
    void tellsModelsApartByTheirWeights() throws IOException {
        Path bert = Tiny.copy("bert", folder.resolve("a"));
        Path other = Tiny.copy("bert", folder.resolve("b"));
        Path weights = other.resolve("model.safetensors");
        byte[] changed = Files.readAllBytes(weights);
        changed[changed.length - 1] ^= 1;
        Files.write(weights, changed);

        assertThat(encoder(bert, Pooling.CLS, Output.POOLED, Optional.empty()).fingerprint())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(encoder(other, Pooling.CLS, Output.POOLED, Optional.empty())
                        .fingerprint());
        assertThat(sentence(bert, "glad")).isNotEqualTo(sentence(other, "glad"));
        assertThat(host.networks()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1_Pooling/config.json; \"cls\"; \"max\"",
                "modules.json; ,[^}]*Normalize\"\\s*}; ''",
                "modules.json; [{][^}]*Pooling\"\\s*},; ''",
                "tokenizer_config.json; \"model_max_length\": 32; \"model_max_length\": 31",
                "sentence_bert_config.json; [{]; {\"max_seq_length\": 31,",
                "sentence_bert_config.json; [{]; {\"do_lower_case\": true,",
                "config_sentence_transformers.json; .*; {\"prompts\": {\"a\": \"b: \"}, \"default_prompt_name\": \"a\"}"
            })
    void tellsModelsApartByWhatTheirSmallFilesSay(String file, String there, String instead) throws IOException {
        Path labse = Tiny.copy("labse", folder.resolve("a"));
        Path other = Tiny.copy("labse", folder.resolve("b"));
        String json = Files.exists(other.resolve(file)) ? Files.readString(other.resolve(file)) : "";
        assertThat(json.replaceFirst(there, instead)).isNotEqualTo(json);
        Files.writeString(other.resolve(file), json.replaceFirst(there, instead));

        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(labse));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentence_roberta_config.json",
                "sentence_distilbert_config.json",
                "sentence_camembert_config.json",
                "sentence_albert_config.json",
                "sentence_xlm-roberta_config.json",
                "sentence_xlnet_config.json"
            })
    void heedsTheSettingsOfATransformerByItsOtherNames(String file) throws IOException {
        Path labse = Tiny.copy("labse", folder.resolve("a"));
        Path other = Tiny.copy("labse", folder.resolve("b"));
        Files.move(other.resolve("sentence_bert_config.json"), other.resolve(file));
        assertThat(fingerprint(other)).isEqualTo(fingerprint(labse));
        Files.writeString(other.resolve(file), "{\"do_lower_case\": true}");
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(labse));

        // The usual name comes first.
        Files.copy(labse.resolve("sentence_bert_config.json"), other.resolve("sentence_bert_config.json"));
        assertThat(fingerprint(other)).isEqualTo(fingerprint(labse));
    }

    /** The tokenizer's settings say 32 and the model has 64 positions. */
    @ParameterizedTest
    @CsvSource({"24, 24", "40, 40", "1000, 64"})
    void cutsATextWhereTheSettingsOfTheTransformerSay(int said, int tokens) throws IOException {
        Path model = Tiny.copy("labse", folder);
        Files.writeString(model.resolve("sentence_bert_config.json"), "{\"max_seq_length\": " + said + "}");

        Encoding encoding = encoder(model, Pooling.MODEL, Output.TOKENS, Optional.empty())
                .encode(List.of(new Source.Text("қуаныш ".repeat(100))))
                .get(0);

        assertThat(encoding.sequence().size(0)).isEqualTo(tokens);
    }

    @Test
    void keepsTheFingerprintWhereASmallFileDecidesNothing() throws IOException {
        Path bert = Tiny.copy("bert", folder);
        String before = fingerprint(bert);
        // As many as there are positions.
        Files.writeString(bert.resolve("tokenizer_config.json"), "{\"model_max_length\": 64}");

        assertThat(fingerprint(bert)).isEqualTo(before);
    }

    @Test
    void tellsReadyFilesApartByTheDataThatTheyName() throws IOException {
        encode(Tiny.copy("bert", folder), Pooling.MEAN, Output.POOLED);
        Path written = host.networks().get(0);
        Path ready = Tiny.copy("bert-onnx", folder);
        Files.copy(
                written.resolve("network.onnx"), ready.resolve("onnx/model.onnx"), StandardCopyOption.REPLACE_EXISTING);
        Path data = Files.copy(written.resolve("network.onnx.data"), ready.resolve("onnx/network.onnx.data"));
        String before = fingerprint(ready);
        byte[] changed = Files.readAllBytes(data);
        changed[changed.length - 1] ^= 1;
        Files.write(data, changed);

        assertThat(fingerprint(ready)).isNotEqualTo(before);
    }

    @Test
    void setsATextInLowerCaseBehindItsPromptWhereTheFolderSaysSo() throws IOException {
        Path plain = Tiny.copy("labse", folder.resolve("plain"));
        Path changing = Tiny.copy("labse", folder.resolve("changing"));
        Files.writeString(changing.resolve("sentence_bert_config.json"), "{\"do_lower_case\": true}");
        Files.writeString(
                changing.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"The Cat \", \"document\": \"a\"}, \"default_prompt_name\": \"query\"}");

        assertThat(sentence(changing, "Sat on the MAT, қайда БАРАСЫҢ"))
                .containsExactly(sentence(plain, "the cat sat on the mat, қайда барасың"))
                .isNotEqualTo(sentence(plain, "The Cat Sat on the MAT, қайда БАРАСЫҢ"));
    }

    @Test
    void putsNoPromptBeforeATextWhereNoneIsTheDefault() throws IOException {
        Path plain = Tiny.copy("labse", folder.resolve("plain"));
        Path prompts = Tiny.copy("labse", folder.resolve("prompts"));
        Files.writeString(
                prompts.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"The Cat \"}, \"default_prompt_name\": null}");

        assertThat(sentence(prompts, "Sat")).containsExactly(sentence(plain, "Sat"));
        assertThat(fingerprint(prompts)).isEqualTo(fingerprint(plain));
    }

    private float[] sentence(Path model, String text) {
        return encoder(model, Pooling.MODEL, Output.POOLED, Optional.empty())
                .encode(List.of(new Source.Text(text)))
                .get(0)
                .pooled()
                .values();
    }

    private String fingerprint(Path model) {
        return encoder(model, Pooling.MODEL, Output.POOLED, Optional.empty()).fingerprint();
    }

    private Encoding encode(Path model, Pooling pooling, Output output) {
        return encoder(model, pooling, output, Optional.empty())
                .encode(List.of(new Source.Text("I am so glad that you came!")))
                .get(0);
    }

    private PretrainedEncoder encoder(Path model, Pooling pooling, Output output, Optional<String> language) {
        return host.transformers().open(model(model, pooling, output, language));
    }

    private static TextModel model(Path model, Pooling pooling, Output output, Optional<String> language) {
        return new TextModel("file:" + model, pooling, false, false, 0, language, Tiny.usage(output));
    }

    private static List<Source> texts(List<JsonObject> reference) {
        return reference.stream()
                .<Source>map(each -> new Source.Text(each.get("text").getAsString()))
                .toList();
    }

    private static float[] row(Encoding encoding, int step) {
        float[] row = new float[encoding.sequence().size(1)];
        for (int feature = 0; feature < row.length; feature++) {
            row[feature] = encoding.sequence().at(step, feature);
        }
        return row;
    }

    private static void assertClose(float[] actual, JsonArray expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected.get(i).getAsFloat(), within(TOLERANCE));
        }
    }
}

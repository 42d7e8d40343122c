package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.KemoException.Category;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.network.FloatTensor;

/** What is missing or wrong in a model's folder is said with its place. */
class BadModelTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @ParameterizedTest
    @CsvSource({
        "bert, config.json, layout of the Hugging Face hub",
        "bert, tokenizer.json, AutoTokenizer",
        "bert, model.safetensors, safetensors format",
        "labse, 1_Pooling/config.json, Fetch the model again",
        "labse, 2_Dense/config.json, Fetch the model again",
        "labse, 2_Dense/model.safetensors, SentenceTransformer(...).save_pretrained(FOLDER)"
    })
    void saysWhichFileIsMissing(String name, String file, String remedy) throws IOException {
        Path model = Tiny.copy(name, folder);
        Files.delete(model.resolve(file));

        assertRefused(model, Category.PLUGIN, file);
        assertAdvised(model, remedy);
    }

    /** What is there as it was published is not fetched otherwise a second time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2_Dense/config.json; activation.Tanh; activation.ReLU; the activation Tanh or Identity",
                "1_Pooling/config.json; \"cls\"; [\"cls\", \"mean\"]; the option pooling",
                "modules.json; normalize.Normalize; dropout.Dropout; [Transformer, Pooling, Dense, Normalize]",
                "config.json; \"hidden_act\": \"gelu\"; \"hidden_act\": \"relu\"; [onnx/model.onnx]"
            })
    void advisesNothingThatCannotHelp(String file, String there, String instead, String remedy) throws IOException {
        Path model = Tiny.copy("labse", folder);
        String json = Files.readString(model.resolve(file));
        assertThat(json).contains(there);
        Files.writeString(model.resolve(file), json.replace(there, instead));

        assertAdvised(model, remedy);
    }

    private void assertAdvised(Path model, String remedy) {
        assertThatThrownBy(() -> encode(model(model), "A"))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.remedy()).contains(remedy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "model.safetensors",
                "modules.json",
                "1_Pooling/config.json",
                "2_Dense/config.json",
                "2_Dense/model.safetensors"
            })
    void refusesAFileThatHoldsSomethingElse(String file) throws IOException {
        for (String content : List.of("", "{", "[]", "7", "\u0000\u0001", "[".repeat(100_000))) {
            Path model = Tiny.copy("labse", folder.resolve(Integer.toString(content.hashCode())));
            Files.writeString(model.resolve(file), content);

            // An empty list of modules is no mistake: a transformer alone.
            if (!(file.equals("modules.json") && content.equals("[]"))) {
                assertRefused(model, Category.PLUGIN, file);
            }
        }
    }

    /** As a clone has them where Git LFS did not fetch them. */
    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "model.safetensors", "2_Dense/model.safetensors"})
    void saysWhichFileIsAPointerOfGitLfs(String file) throws IOException {
        Path model = Tiny.copy("labse", folder);
        Files.writeString(
                model.resolve(file),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 1000\n");

        assertRefused(model, Category.PLUGIN, file + "] is a Git LFS pointer");
        assertAdvised(model, "git lfs pull");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"model_type\": \"bert\"; \"model_type\": \"gpt2\"; gpt2",
                "\"hidden_act\": \"gelu\"; \"hidden_act\": \"swish\"; swish",
                "\"is_decoder\": false; \"is_decoder\": true; [is_decoder: true]",
                "\"num_attention_heads\": 4; \"num_attention_heads\": 3; [3] heads",
                "\"num_attention_heads\": 4; \"num_attention_heads\": 0; num_attention_heads",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": -2; num_hidden_layers",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 1e300; num_hidden_layers",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": \"two\"; num_hidden_layers",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 3; encoder.layer.2.",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 1; encoder.layer.1.attention.self.query.weight",
                "\"hidden_size\": 16; \"hidden_size\": 32; [180, 16]",
                "\"vocab_size\": 180; \"vocab_size\": 181; word_embeddings.weight] in [",
            })
    void refusesAConfigurationThatDoesNotFit(String there, String instead, String said) throws IOException {
        Path model = Tiny.copy("bert", folder);
        Path config = model.resolve("config.json");
        String json = Files.readString(config);
        assertThat(json).contains(there);
        Files.writeString(config, json.replace(there, instead));

        assertRefused(model, Category.PLUGIN, said);
    }

    @Test
    void refusesWeightsOfAnotherKindOfModel() throws IOException {
        Path model = Tiny.copy("bert", folder);
        Path mbart = Tiny.copy("mbart", folder);
        Files.copy(
                mbart.resolve("model.safetensors"),
                model.resolve("model.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertRefused(model, Category.PLUGIN, "attention.self.query.weight");
    }

    @Test
    void refusesATokenizerWithMoreTokensThanTheModel() throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\": 180", "\"vocab_size\": 2"));

        assertRefused(model, Category.PLUGIN, "vocab_size of [2]");
    }

    @Test
    void refusesAReadyFileOfAnotherWidthThanItsConfigurationSays() throws IOException {
        Path model = Tiny.copy("bert-onnx", folder);
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"hidden_size\": 16", "\"hidden_size\": 32"));

        assertRefused(model, Category.PLUGIN, "a width of [32]");
    }

    @Test
    void refusesAFolderThatLeavesItself() throws IOException {
        Path model = Tiny.copy("labse", folder);
        Path modules = model.resolve("modules.json");
        Files.writeString(modules, Files.readString(modules).replace("1_Pooling", "../labse"));

        assertRefused(model, Category.PLUGIN, "../labse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"bias\"; \"use_residual\": true, \"bias\"; use_residual",
                "\"module_input_name\": \"sentence_embedding\"; \"module_input_name\": \"token_embeddings\"; token_embeddings",
                "\"module_output_name\": \"sentence_embedding\"; \"module_output_name\": \"mine\"; module_output_name: mine",
                "activation.Tanh; activation.ReLU; ReLU"
            })
    void refusesADenseLayerThatComputesSomethingElse(String there, String instead, String said) throws IOException {
        Path model = Tiny.copy("labse", folder);
        Path config = model.resolve("2_Dense/config.json");
        String json = Files.readString(config);
        assertThat(json).contains(there);
        Files.writeString(config, json.replace(there, instead));

        assertRefused(model, Category.PLUGIN, said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"pooling_mode\": \"weightedmean\"; [weightedmean]",
                "\"pooling_mode\": [\"cls\", \"mean\"]; [cls, mean]",
                "\"pooling_mode\": []; []",
                "\"pooling_mode\": [[\"cls\"]]; pooling_mode: [\"cls\"]",
                "\"pooling_mode_cls_token\": true, \"pooling_mode_weightedmean_tokens\": true; weightedmean_tokens]",
                "\"pooling_mode_cls_token\": true, \"pooling_mode_mean_sqrt_len_tokens\": true; mean_sqrt_len_tokens]",
                "\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": true; [pooling_mode_cls_token, pooling",
                "\"pooling_mode_of_next_year\": true; of_next_year]",
                "\"pooling_mode_cls_token\": false; []"
            })
    void refusesAPoolingThatItDoesNotCompute(String config, String said) throws IOException {
        Path model = Tiny.copy("labse", folder);
        Files.writeString(model.resolve("1_Pooling/config.json"), "{" + config + "}");

        assertRefused(model, Category.PLUGIN, said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"default_prompt_name\": \"query\"}; [query]",
                "{\"prompts\": {\"a\": \"b\"}, \"default_prompt_name\": \"query\"}; [query]",
                "{\"prompts\": [], \"default_prompt_name\": \"query\"}; prompts: []",
                "{\"prompts\": {\"query\": 1}, \"default_prompt_name\": \"query\"}; query: 1"
            })
    void refusesADefaultPromptThatIsNotThere(String config, String said) throws IOException {
        Path model = Tiny.copy("labse", folder);
        Files.writeString(model.resolve("config_sentence_transformers.json"), config);

        assertRefused(model, Category.PLUGIN, said);
    }

    @Test
    void refusesToLeaveAPromptOutOfThePooling() throws IOException {
        Path model = Tiny.copy("labse", folder);
        Files.writeString(
                model.resolve("1_Pooling/config.json"), "{\"pooling_mode\": \"cls\", \"include_prompt\": false}");
        assertThat(encode(model(model), "A").pooled().count()).isEqualTo(16);
        Files.writeString(
                model.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"ask: \"}, \"default_prompt_name\": \"query\"}");

        assertRefused(model, Category.PLUGIN, "prompt [ask: ]");
    }

    @Test
    void refusesLayersInAnotherOrder() throws IOException {
        Path model = Tiny.copy("labse", folder);
        Path modules = model.resolve("modules.json");
        String json = Files.readString(modules);
        Files.writeString(
                modules,
                json.replace("2_Dense", "4_")
                        .replace("3_Normalize", "2_Dense")
                        .replace("4_", "3_Normalize")
                        .replace("dense.Dense", "4_")
                        .replace("normalize.Normalize", "dense.Dense")
                        .replace("4_", "normalize.Normalize"));

        assertRefused(model, Category.PLUGIN, "dense.Dense");
    }

    @Test
    void refusesSentenceVectorsWithoutTheLayersThatMakeThem() throws IOException {
        Path alone = Tiny.copy("bert", folder);
        Path undense = Tiny.copy("labse", folder);
        Path modules = undense.resolve("modules.json");
        String json = Files.readString(modules);
        Files.writeString(modules, json.replaceFirst("[{][^}]*dense.Dense\"\\s*},", ""));
        assertThat(modules).content().isNotEqualTo(json);

        for (Path model : List.of(alone, undense)) {
            TextModel layered = new TextModel(
                    "file:" + model, Pooling.MODEL, true, false, 0, Optional.empty(), Tiny.usage(Output.POOLED));
            assertThatThrownBy(() -> encode(layered, "A"))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.PLUGIN))
                    .hasMessageContaining("modules.json");
        }
    }

    @Test
    void refusesToGiveTokensOfAnotherWidthThanTheVectors() throws IOException {
        Path narrow = Tiny.copy("labse-narrow", folder);

        assertRefused(narrow, Category.CONFIGURATION, "are of width [8] and its tokens of [16]");
    }

    @ParameterizedTest
    @CsvSource({"bert, kk_KZ", "mbart, xx_XX", "mbart, a language", "mbart, <mask>", "mbart, </s>"})
    void refusesALanguageThatTheTokenizerDoesNotKnow(String name, String language) throws IOException {
        Path model = Tiny.copy(name, folder);
        TextModel spoken = new TextModel(
                "file:" + model, Pooling.MEAN, false, false, 0, Optional.of(language), Tiny.usage(Output.POOLED));

        assertThatThrownBy(() -> encode(spoken, "A"))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[" + language + "]");
    }

    @Test
    void takesNoSound() throws IOException {
        PretrainedEncoder encoder = host.transformers().open(model(Tiny.copy("bert", folder)));

        assertThatThrownBy(() -> encoder.encode(List.of(new Source.Features(FloatTensor.zeros(1, 1)))))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.INPUT));
    }

    @Test
    void cutsALongTextAndEncodesOneWithoutWords() throws IOException {
        TextModel model = model(Tiny.copy("bert", folder));
        Encoding longest = encode(model, "қуаныш ".repeat(200_000));
        Encoding none = encode(model, "");

        // 64 positions; [CLS] and [SEP].
        assertThat(longest.sequence().shape()).containsExactly(64, 16);
        assertThat(none.sequence().shape()).containsExactly(2, 16);
    }

    @Test
    void cutsALongTextWhereThePositionsEndThoughMoreTokensAreAllowed() throws IOException {
        Path model = Tiny.copy("bert", folder);

        assertThat(encode(cut(model, 1000), "қуаныш ".repeat(1000)).sequence().shape())
                .containsExactly(64, 16);
    }

    @ParameterizedTest
    @CsvSource({"bert, 1", "bert, 2", "xlm-roberta, 2", "mbart, 1", "roberta, 1"})
    void refusesToCutATextToTheTokensThatTheTokenizerAdds(String name, int maxTokens) throws IOException {
        Path model = Tiny.copy(name, folder);

        assertThatThrownBy(() -> encode(cut(model, maxTokens), "A"))
                .isInstanceOfSatisfying(KemoException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.CONFIGURATION);
                    assertThat(e.remedy()).contains("[3]");
                })
                .hasMessageContaining("maxTokens [" + maxTokens + "]");
        assertThat(encode(cut(model, 3), "so very very glad").sequence().size(0))
                .isEqualTo(3);
    }

    private static TextModel cut(Path model, int maxTokens) {
        return new TextModel(
                "file:" + model, Pooling.MEAN, false, false, maxTokens, Optional.empty(), Tiny.usage(Output.TOKENS));
    }

    @Test
    void refusesAFolderThatCutsATextToTheTokensThatTheTokenizerAdds() throws IOException {
        Path model = Tiny.copy("bert", folder);
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"model_max_length\": 2}");

        assertRefused(model, Category.PLUGIN, "[2] tokens");
    }

    private void assertRefused(Path model, Category category, String said) {
        assertThatThrownBy(() -> encode(model(model), "A"))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(category))
                .hasMessageContaining(said);
    }

    private static TextModel model(Path folder) {
        return new TextModel(
                "file:" + folder, Pooling.MODEL, false, false, 0, Optional.empty(), Tiny.usage(Output.TOKENS));
    }

    private Encoding encode(TextModel model, String text) {
        return host.transformers()
                .open(model)
                .encode(List.of(new Source.Text(text)))
                .get(0);
    }
}

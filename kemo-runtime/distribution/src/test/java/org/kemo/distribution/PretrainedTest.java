package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Models of words on the vectors of pretrained transformers, which are tiny and know nothing. */
class PretrainedTest {
    private static final String CONFIGURATION =
            """
            seed: 3
            host: {cache: {folder: features}}
            labels: {space: [low, middle, high]}
            modalities:
              text:
                encoder: [{type: xlm-r, model: "file:MODELS/xlm-roberta"}, {type: labse, model: "file:MODELS/labse"}]
                labels: [low, middle, high]
            train:
              engine: {type: torch, threads: 1}
              stages:
                - {name: text, modalities: [text], data: {type: manifest, file: toy.csv}, epochs: 3, batchSize: 4, learningRate: 0.02}
            """;

    private static final Path MODELS =
            Project.root().resolve("plugins/transformer-text/src/test/resources/org/kemo/transformertext");

    @TempDir
    static Path folder;

    @BeforeAll
    static void trainsOnTheVectorsOfTwo() throws Exception {
        ToyData.tones(folder, 4);
        Files.writeString(folder.resolve("pretrained.yaml"), CONFIGURATION.replace("MODELS", MODELS.toString()));
        JsonNode report = done("train", "--config", "pretrained.yaml", "--out", "both");
        assertThat(report.path("problems")).isEmpty();
    }

    @Test
    void namesTheWeightsOfBothInTheCard() throws IOException {
        assertThat(Files.readString(folder.resolve("both/kemo-model.yaml")))
                .contains("width: 32")
                .containsPattern("pretrained: \"[0-9a-f]{64}[\\s\\\\]+[0-9a-f]{64}\"");
    }

    /** The sum is of all that decides the vectors: what mbert makes with the files of LaBSE is what labse makes. */
    @Test
    void heedsTheLayersOfAFolderWhoeverOpensIt() throws Exception {
        done(
                "train",
                "--config",
                "pretrained.yaml",
                "--out",
                "other",
                "modalities.text.encoder={type: mbert, model: \"file:" + MODELS + "/labse\"}");

        List<String> sums = sums("both");
        assertThat(sums).hasSize(2);
        assertThat(sums("other")).containsExactly(sums.get(1));
    }

    /** What stands for the weights of the encoders in a model's card. */
    private static List<String> sums(String model) throws IOException {
        String card = Files.readString(folder.resolve(model + "/kemo-model.yaml"));
        String pretrained = card.substring(card.indexOf("pretrained: "));
        return Pattern.compile("[0-9a-f]{64}")
                .matcher(pretrained.substring(0, pretrained.indexOf("\nfiles:")))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void answersAndIsScored() throws Exception {
        JsonNode answer = done("analyze", "--model", "both", "--text", "тау highдымын");
        JsonNode scores = done(
                "evaluate", "--model", "both", "--data", "{type: manifest, file: toy.csv}", "--split", "validation");

        assertThat(answer.path("clips").path(0).path("probabilities").propertyNames())
                .containsExactly("low", "middle", "high");
        assertThat(scores.path("n").asInt()).isEqualTo(3);
    }

    @Test
    void standardisesVectorsAsWithoutTheTokensBehindThem() throws Exception {
        for (String output : List.of("pooled", "tokens")) {
            done(
                    "train",
                    "--config",
                    "pretrained.yaml",
                    "--out",
                    output,
                    "modalities.text.encoder={type: transformer-text, model: \"file:" + MODELS + "/bert\", output: "
                            + output + "}");
        }

        assertThat(folder.resolve("tokens/normalisation.json"))
                .hasSameBinaryContentAs(folder.resolve("pooled/normalisation.json"));
    }

    @Test
    void refusesAClipThatItWouldNotHear() throws Exception {
        Run run = run("analyze", "no-such.wav", "--model", "both", "--text", "тау highдымын");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().toString())
                .contains("None of the modalities [text] of the model reads sound, with which [no-such.wav] comes.");
    }

    @Test
    void comparesBothWithEachOfThemAndWithTheirMean() throws Exception {
        Files.writeString(
                folder.resolve("ablation.yaml"),
                """
                title: Both or one
                base: pretrained.yaml
                folds: {count: 2, by: utterance}
                variants:
                  - {name: both}
                  - {name: mean, set: {modalities.text.join: average}}
                  - {name: xlm-r, set: {plugins.labse: off}}
                  - {name: labse, set: {modalities.text.encoder: {type: labse, model: "file:MODELS/labse"}}}
                """
                        .replace("MODELS", MODELS.toString()));

        JsonNode table = done("ablate", "--config", "ablation.yaml", "--out", "ablation");

        assertThat(table.path("variants").values())
                .extracting(row -> row.path("name").asString() + " "
                        + row.path("parameters").path("trainable").asInt())
                .startsWith("both 99", "mean 51", "xlm-r 51", "labse 51");
    }

    @Test
    void exportsOneThatWasTunedAndSaysWhichCannotBe() throws Exception {
        done(
                "train",
                "--config",
                "pretrained.yaml",
                "--out",
                "tuned",
                "modalities.text.encoder={type: transformer-text, model: \"file:" + MODELS
                        + "/bert\", tune: {layers: 1}}");

        JsonNode export = done("models", "export", "--model", "tuned", "--out", "export");

        assertThat(export.path("inputs").values())
                .extracting(input ->
                        input.path("name").asString() + " " + input.path("type").asString() + " "
                                + input.path("shape").toString())
                .containsExactly("input_ids int64 [\"N\",\"L\"]", "attention_mask int64 [\"N\",\"L\"]");
        assertThat(export.path("outputs").values())
                .extracting(output -> output.path("name").asString())
                .containsExactly("probabilities", "logits");
        assertThat(export.path("labels").values()).map(JsonNode::asString).containsExactly("low", "middle", "high");
        assertThat(Path.of(export.path("file").asString()))
                .hasSize(export.path("bytes").asLong());
        assertThat(folder.resolve("export/tokenizer.json"))
                .hasSameBinaryContentAs(MODELS.resolve("bert/tokenizer.json"));
        assertRefused("joins the encoders [xlm-r, labse]", "both");
        assertRefused(
                "The model reads the modalities [",
                Project.root().resolve("config/models/kemo-small").toString());
    }

    private static void assertRefused(String problem, String model) throws Exception {
        Run run = run("models", "export", "--model", model, "--out", "refused-export");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.json().toString()).contains(problem);
        assertThat(folder.resolve("refused-export")).doesNotExist();
    }

    @Test
    void saysWhatCannotStandBesideOthers() throws Exception {
        for (String option : new String[] {"tune={layers: 1}", "output=tokens"}) {
            Run run = run(
                    "train", "--config", "pretrained.yaml", "--out", "refused", "modalities.text.encoder.0." + option);

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.json().toString()).contains("[xlm-r]", "cannot stand beside others");
        }
    }

    /** None, one whose tokenizer does not know the language, and one without the layers that make the vectors of LaBSE. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{type: labse, model: \"file:absent\"}; absent",
                "{type: mbart, model: \"file:MODELS/mbart\", language: xx_XX}; [xx_XX]",
                "{type: labse, model: \"file:MODELS/bert\"}; modules.json"
            })
    void looksAtTheModelsBeforeItPreparesData(String encoder, String said) throws Exception {
        Run run = run(
                "train",
                "--config",
                "pretrained.yaml",
                "--out",
                "refused",
                "modalities.text.encoder.1=" + encoder.replace("MODELS", MODELS.toString()));

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.json().toString()).contains(said);
        assertThat(run.err()).doesNotContain("preparing");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void knowsTheModelsThatTransformersHaveWhereNoneIsNamed() throws Exception {
        JsonNode encoders = done(
                        "config",
                        "--config",
                        "pretrained.yaml",
                        "modalities.text.encoder=[{type: labse}, {type: mbart}, {type: mbert}, {type: roberta}, {type: xlm-r}]")
                .path("configuration")
                .path("modalities")
                .path("text")
                .path("encoder");

        assertThat(encoders.values())
                .hasSize(5)
                .extracting(encoder -> encoder.path("model").asString())
                .isSubsetOf(done("models", "list").path("models").values().stream()
                        .map(model -> model.path("name").asString())
                        .toList());
        // LaBSE leaves no choice.
        assertThat(encoders.values())
                .extracting(encoder -> encoder.path("pooling").asString(""))
                .containsExactly("", "model", "model", "model", "model");
    }

    /** With a single vector for a text there would be no words to attend to. */
    @Test
    void givesTokensToTheFusionThatAttendsToWordsInTheAblationThatShips() throws IOException {
        JsonNode ablation = YAMLMapper.builder()
                .build()
                .readTree(Files.readString(Project.root().resolve("config/ablations/models-pretrained.yaml")));

        assertThat(ablation.path("variants").values())
                .extracting(variant -> variant.path("set"))
                .filteredOn(set -> set.path("fusion").path("type").asString("").equals("cm-bert"))
                .isNotEmpty()
                .allSatisfy(set -> assertThat(set.path("modalities.text.encoder")
                                .path("output")
                                .asString(""))
                        .isEqualTo("tokens"));
    }

    private static JsonNode done(String... arguments) throws Exception {
        Run run = run(arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.json();
    }

    private static Run run(String... arguments) throws Exception {
        return Kemo.in(folder)
                .quick()
                .run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
    }
}

package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A model from the first clip to the last answer: trained, killed, asked and scored with the plugins that ship. */
class TrainingTest {
    private static final Set<String> EVERY_FILE = Set.of("kemo-model.yaml", "network.onnx", "normalisation.json");

    private static final int SIGKILL = 128 + 9;

    @TempDir
    static Path folder;

    @BeforeAll
    static void trainsAModel() throws Exception {
        ToyData.tones(folder, 8);
        try (InputStream configuration = TrainingTest.class.getResourceAsStream("toy.yaml")) {
            Files.copy(Objects.requireNonNull(configuration), folder.resolve("toy.yaml"));
        }

        Run run = train(kemo(), "model");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(files("model")).isEqualTo(EVERY_FILE);
        JsonNode report = run.json();
        assertThat(report.path("epochs").asInt()).isPositive();
        assertThat(report.path("problems")).isEmpty();
        assertThat(report.path("metrics")
                        .path("fusion")
                        .path("validationAccuracy")
                        .asDouble())
                .isEqualTo(1);
    }

    /** Of the features, too: each Java computes them anew. */
    @ParameterizedTest
    @MethodSource("org.kemo.distribution.JavaHome#all")
    void givesTheSameBytesForTheSameSeed(JavaHome java) throws Exception {
        String again = "again-" + java.version();

        Run run = train(new Kemo(java, folder, Map.of()).quick(), again, "host.cache.folder=cache-" + java.version());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("WARN");
        assertThat(files(again)).isEqualTo(EVERY_FILE);
        assertSameBytes(again);
    }

    @Test
    void goesOnToTheSameBytesWhereItIsKilledInEveryStage() throws Exception {
        for (String moment : List.of("audio: epoch 3/", "text: epoch 3/", "fusion: epoch 1/")) {
            Run.Started started = kemo().start(training("killed"));
            started.await(moment);

            Run run = started.kill();

            assertThat(run.exitCode()).as(run.err()).isEqualTo(SIGKILL);
            assertThat(files("killed")).isEqualTo(Set.of("checkpoint"));
        }

        Run last = train(kemo(), "killed");

        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.err())
                .contains("The stage [audio] was finished before.", "The stage [fusion] goes on after epoch [")
                .doesNotContain("text: epoch");
        assertThat(files("killed")).isEqualTo(EVERY_FILE);
        assertSameBytes("killed");
    }

    /** The bar itself is named [audio]. */
    @Test
    void printsALineForEachEpochAboveTheBarOfATerminal() throws Exception {
        Run run = train(
                kemo().with("KEMO_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Dkemo.terminal=true"),
                "seen",
                "modalities.text=off",
                "train.stages.audio.epochs=2",
                "train.stages.audio.patience=0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("audio: epoch 1/2, loss ", "audio: epoch 2/2, loss ");
    }

    @ParameterizedTest
    @MethodSource("org.kemo.distribution.JavaHome#all")
    void answersForSoundForWordsAndForBothAndSaysWhatIsMissing(JavaHome java) throws Exception {
        Kemo kemo = new Kemo(java, folder, Map.of()).quick();

        JsonNode sound = answer(kemo.run("analyze", "middle0.wav", "--model", "model", "--json"));
        JsonNode words = answer(kemo.run("analyze", "--text", "тау highдымын", "--model", "model", "--json"));
        JsonNode both = answer(kemo.run("analyze", "low0.wav", "--text", "lowдымын", "--model", "model", "--json"));

        assertThat(sound.path("label").asString()).isEqualTo("middle");
        assertThat(sound.path("modalities").propertyNames()).containsExactly("audio");
        assertThat(sound.path("missing")).map(JsonNode::asString).containsExactly("text");
        assertThat(words.path("label").asString()).isEqualTo("high");
        assertThat(words.path("modalities").propertyNames()).containsExactly("text");
        assertThat(words.path("missing")).map(JsonNode::asString).containsExactly("audio");
        assertThat(both.path("label").asString()).isEqualTo("low");
        assertThat(both.path("modalities").propertyNames()).containsExactly("audio", "text");
        assertThat(both.path("missing")).isEmpty();
        assertThat(both.path("modalities").values())
                .map(modality -> modality.path("weight").asDouble())
                .satisfies(weights -> assertThat(weights.stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                        .isCloseTo(1, within(1e-5)));
    }

    @Test
    void opensNoModelWithAnotherVersionOfAComponentThanItWasTrainedWith() throws Exception {
        Path older = Files.createDirectory(folder.resolve("older"));
        for (String file : EVERY_FILE) {
            Files.copy(folder.resolve("model").resolve(file), older.resolve(file));
        }
        Path card = older.resolve("kemo-model.yaml");
        String trained = Files.readString(card);
        String ofSubword = "versions:\n      subword: 2\n";
        assertThat(trained).contains("versions:\n      mfcc: 2\n", ofSubword);
        Files.writeString(card, trained.replace(ofSubword, ofSubword.replace("2", "1")));

        Run run = kemo().run("analyze", "--text", "lowдымын", "--model", "older", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.json().path("error").path("problem").asString())
                .contains("was trained with version [1] of [subword] in the modality [text], and this is [2]");
    }

    @Test
    void scoresAModelInOneDocument() throws Exception {
        Run run = kemo().run(
                        "evaluate",
                        "--model",
                        "model",
                        "--data",
                        "{type: manifest, file: toy.csv}",
                        "--split",
                        "validation",
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode scores = run.json();
        assertThat(scores.path("n").asInt()).isEqualTo(6);
        for (String figure :
                List.of("accuracy", "balancedAccuracy", "macroF1", "weightedF1", "precision", "recall", "aucRoc")) {
            assertThat(scores.path(figure).asDouble()).as(figure).isEqualTo(1);
        }
        assertThat(scores.path("confusion").path("labels").toString()).isEqualTo("[\"low\",\"middle\",\"high\"]");
        assertThat(scores.path("confusion").path("counts").toString()).isEqualTo("[[2,0,0],[0,2,0],[0,0,2]]");
        assertThat(scores.path("parameters").path("total").asLong()).isPositive();
        assertThat(scores.path("rtf").asDouble()).isPositive();
    }

    private static Kemo kemo() throws IOException {
        return Kemo.in(folder).quick();
    }

    private static Run train(Kemo kemo, String out, String... overrides) throws IOException, InterruptedException {
        return kemo.run(training(out, overrides));
    }

    private static String[] training(String out, String... overrides) {
        return Stream.concat(Stream.of("train", "--config", "toy.yaml", "--out", out, "--json"), Stream.of(overrides))
                .toArray(String[]::new);
    }

    private static Set<String> files(String model) {
        return Project.list(folder.resolve(model))
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet());
    }

    private static void assertSameBytes(String model) {
        assertThat(EVERY_FILE)
                .allSatisfy(file -> assertThat(folder.resolve(model).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("model").resolve(file)));
    }

    private static JsonNode answer(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().path("clips").path(0);
    }
}

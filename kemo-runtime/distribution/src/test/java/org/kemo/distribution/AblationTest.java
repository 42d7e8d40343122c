package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Variants of a small model over two folds, with the plugins that ship. */
class AblationTest {
    private static final int CLIPS = 8;

    private static final String ABLATION =
            """
            title: A try
            base: toy.yaml
            set: {train.stages.audio.epochs: 3, train.stages.audio.patience: 0, train.stages.text.epochs: 20, train.stages.fusion.epochs: 1}
            folds: {count: 2, by: utterance}
            grid: {fusion.type: [static, dynamic-gated]}
            paper:
              source: a table
              differences: All of it is made up.
              figures: [{variant: fusion.type=static, name: theirs, accuracy: 77.1, f1: 76.1}]
            """;

    @TempDir
    static Path folder;

    private static JsonNode table;

    @BeforeAll
    static void runsVariantsAndFloors() throws Exception {
        ToyData.tones(folder, CLIPS);
        try (InputStream configuration = AblationTest.class.getResourceAsStream("toy.yaml")) {
            Files.copy(Objects.requireNonNull(configuration), folder.resolve("toy.yaml"));
        }
        Files.writeString(folder.resolve("ablation.yaml"), ABLATION);

        Run run = kemo().run(ablation("whole"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        table = run.json();
    }

    @Test
    void tellsMeanAndDeviationOfEveryVariantAndFloor() {
        assertThat(table.path("variants").values())
                .extracting(row -> row.path("name").asString())
                .containsExactly(
                        "fusion.type=static", "fusion.type=dynamic-gated", "audio alone", "text alone", "majority");
        for (JsonNode row : table.path("variants").values()) {
            List<Double> values = row.path("accuracy").path("values").values().stream()
                    .map(JsonNode::asDouble)
                    .toList();
            assertThat(values).hasSize(2);
            assertThat(row.path("accuracy").path("mean").asDouble())
                    .isCloseTo((values.get(0) + values.get(1)) / 2, within(1e-12));
        }
        // The classes are of one size, and the folds are stratified.
        assertThat(figure("majority", "accuracy")).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(figure("majority", "aucRoc")).isEqualTo(0.5);
        assertThat(figure("text alone", "accuracy")).isGreaterThan(0.5);
        // Folds hold out what they score.
        assertThat(table.path("notes")).isEmpty();
    }

    @Test
    void comparesEveryVariantWithTheBestSingleModalityAndTheMajority() {
        String best = bestSingle();
        assertThat(best).endsWith(" alone");
        assertThat(table.path("comparisons").values())
                .filteredOn(each -> each.path("metric").asString().equals("accuracy"))
                .extracting(each ->
                        each.path("a").asString() + " - " + each.path("b").asString())
                .contains(
                        "fusion.type=static - " + best,
                        "majority - " + best,
                        best.equals("text alone") ? "audio alone - majority" : "text alone - majority");
        assertThat(table.path("comparisons").values()).allSatisfy(each -> {
            assertThat(each.path("df").asInt()).isEqualTo(1);
            assertThat(each.path("holmP").asDouble())
                    .isGreaterThanOrEqualTo(each.path("resampledP").asDouble())
                    .isGreaterThanOrEqualTo(each.path("p").asDouble());
            assertThat(each.path("words").asString()).isNotBlank();
        });
    }

    @Test
    void keepsAndTimesTheModelOfTheFirstTrialOfEachVariant() throws Exception {
        for (JsonNode row : table.path("variants").values()) {
            boolean hears =
                    !Set.of("text alone", "majority").contains(row.path("name").asString());
            assertThat(row.path("rtf").asDouble() > 0).as(row.toString()).isEqualTo(hears);
            assertThat(row.path("rtf").isNumber()).as(row.toString()).isTrue();
            assertThat(row.path("stages").isEmpty()).as(row.toString()).isEqualTo(!hears);
            assertThat(row.path("model").isNull())
                    .isEqualTo(row.path("name").asString().equals("majority"));
        }
        assertThat(table.path("machine").asString()).startsWith("cpu; ").contains(", cores: ");
        String model = table.path("variants").path(0).path("model").asString();
        Run run = kemo().run("analyze", "--model", model, "--text", "low", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void saysHowFarAheadInPointsAndInPerCent() {
        for (JsonNode each : table.path("comparisons").values()) {
            double a = figure(each.path("a").asString(), each.path("metric").asString());
            double b = figure(each.path("b").asString(), each.path("metric").asString());
            assertThat(each.path("points").asDouble()).isCloseTo(100 * (a - b), within(1e-9));
            assertThat(each.path("relativeImprovement").asDouble()).isCloseTo((a - b) / b, within(1e-9));
        }
        double best = figure(bestSingle(), "accuracy");
        for (JsonNode row : table.path("variants").values()) {
            double own = row.path("accuracy").path("mean").asDouble();
            assertThat(row.path("fusionGainPoints").asDouble()).isCloseTo(100 * (own - best), within(1e-9));
            assertThat(row.path("fusionGain").asDouble()).isCloseTo((own - best) / best, within(1e-9));
        }
    }

    @Test
    void takesEachClipThroughEachExtractorOnce() {
        // As it is and, but for the quarter that is for validation, at the speed of its other version.
        int results = 3 * (CLIPS + CLIPS * 3 / 4);
        assertThat(table.path("frozen").path("results").asInt()).isEqualTo(results);
        assertThat(table.path("frozen").path("asked").asInt()).isGreaterThan(results);
    }

    @Test
    void writesAPageAndFilesForOtherPrograms() throws IOException {
        String page = Files.readString(Path.of(table.path("report").asString()));
        assertThat(page)
                .contains("A try", "Beside a table", "77.10", "confusion matrix", "weight of audio", "plugin bilstm");
        assertThat(Files.readAllLines(folder.resolve("whole/variants.csv")))
                .hasSize(6)
                .first()
                .asString()
                .startsWith("variant,trials,accuracy,accuracyStd,");
        assertThat(Files.readAllLines(folder.resolve("whole/trials.jsonl"))).hasSize(10);
    }

    @Test
    void printsOfHowManyTrialsARowIsAndAllPublishedFigures() throws Exception {
        Run run = kemo().run("ablate", "--config", "ablation.yaml", "--out", "whole");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("variant ") && line.endsWith(" trials"))
                .anyMatch(line -> line.startsWith("majority ") && line.endsWith(" 2"))
                .anyMatch(line -> line.matches("theirs: there accuracy 77\\.1 %, F1 76\\.1 %, here accuracy .* %,"
                        + " macro F1 .* % \\(fusion\\.type=static\\)"));
    }

    @Test
    void goesOnToTheSameTableWhereItIsKilledAndRunsNothingTwice() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            Run.Started started = kemo().start(ablation("killed"));
            started.await(i == 0 ? "ablate: 10 trials" : "/10 ");
            Thread.sleep(random.nextInt(1000));
            started.kill();
        }

        Run last = kemo().run(ablation("killed"));
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(withoutTimes(last.json())).isEqualTo(withoutTimes(table));

        Run again = kemo().run(ablation("killed"));
        assertThat(again.err().lines().filter(line -> line.contains("was finished before")))
                .hasSize(10);
        assertThat(withoutTimes(again.json())).isEqualTo(withoutTimes(table));
    }

    @Test
    void waitsWhereAnotherRunIsAtWorkInItsFolder() throws Exception {
        Files.writeString(
                folder.resolve("twice.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {modalities.audio: "off", train.stages.text.epochs: 1}
                data: {type: manifest, file: toy.csv}
                """);
        Path lock = Files.createDirectories(folder.resolve("twice")).resolve("lock");
        Run.Started second;
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock first = file.lock()) {
            second = kemo().start("ablate", "--config", "twice.yaml", "--out", "twice", "--json");
            second.await("twice]; this one waits for it.");
            assertThat(first.isValid()).isTrue();
            assertThat(folder.resolve("twice/cells")).doesNotExist();
        }

        Run run = second.end();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("Another ablation runs in [").contains("ablate: 1 trials");
    }

    @Test
    void goesOnWhereAVariantFails() throws Exception {
        Files.writeString(
                folder.resolve("failing.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                folds: {count: 2, by: utterance}
                set: {train.stages.audio.epochs: 1, train.stages.audio.patience: 0, train.stages.text.epochs: 1, train.stages.fusion.epochs: 1}
                variants:
                  - {name: good}
                  - {name: bad, set: {modalities.text: "off", train.stages.audio.data: {type: manifest, file: absent.csv}}}
                data: {type: manifest, file: toy.csv}
                """);

        Run run = kemo().run("ablate", "--config", "failing.yaml", "--out", "failing", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.json().path("variants").values())
                .extracting(row -> row.path("name").asString())
                .containsExactly("good");
        assertThat(run.json().path("failures").values()).hasSize(2).allSatisfy(failure -> assertThat(
                        failure.path("message").asString())
                .contains("absent.csv]"));
    }

    /** The first fold scores the only speaker whom it could train on. */
    @Test
    void keepsTheModelOfTheNextTrialWhereTheFirstFails() throws Exception {
        Files.writeString(
                folder.resolve("next.csv"),
                "id,text,label,speaker\na,lowдымын,low,01\nb,highдымын,high,01\nc,lowдымын тау,low,02\nd,highдымын тау,high,02\n");
        Files.writeString(
                folder.resolve("next-training.csv"), "id,text,label,speaker\na,lowдымын,low,01\nb,highдымын,high,01\n");
        Files.writeString(
                folder.resolve("next.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                folds: {groups: [["01"], ["02"]]}
                set:
                  modalities.audio: "off"
                  train.stages.text.epochs: 1
                  train.stages.text.data: {type: manifest, file: next-training.csv}
                data: {type: manifest, file: next.csv}
                """);

        Run run = kemo().run("ablate", "--config", "next.yaml", "--out", "next", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.json().path("failures").values())
                .extracting(failure -> failure.path("fold").asInt())
                .containsExactly(0);
        JsonNode row = run.json().path("variants").path(0);
        assertThat(row.path("accuracy").path("values").size()).isEqualTo(1);
        assertThat(Path.of(row.path("model").asString()).resolve("network.onnx"))
                .exists();
        assertThat(Project.list(folder.resolve("next/stages")))
                .filteredOn(file -> file.toString().endsWith(".json"))
                .hasSize(1);
    }

    @Test
    void namesWhatWasLeftOutOfAVariant() throws Exception {
        Files.writeString(folder.resolve("broken.wav"), "No sound.");
        Files.writeString(
                folder.resolve("broken.csv"),
                "id,audio,text,label\na,low0.wav,lowдымын,low\nb,broken.wav,middleдымын,middle\nc,high0.wav,highдымын,high\n");
        Files.writeString(
                folder.resolve("broken.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {train.stages.audio.epochs: 1, train.stages.audio.patience: 0, train.stages.text.epochs: 1, train.stages.fusion.epochs: 1}
                data: {type: manifest, file: broken.csv}
                """);
        String problem = "broken.wav] is neither WAV nor FLAC.";

        Run run = kemo().run("ablate", "--config", "broken.yaml", "--out", "broken", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("variants").path(0).path("problems"))
                .map(JsonNode::asString)
                .singleElement()
                .asString()
                .startsWith("[b] The file [")
                .contains(problem);
        assertThat(run.json().path("notes"))
                .map(JsonNode::asString)
                .anyMatch(note -> note.contains("No utterance is of the classes [middle]"));
        assertThat(Files.readString(folder.resolve("broken/trials.jsonl"))).contains(problem);
        assertThat(kemo().run("ablate", "--config", "broken.yaml", "--out", "broken")
                        .out())
                .contains("Left out of base: [b] The file [", problem);
    }

    @Test
    void setsTheOptionsOfTheTypeThatAVariantHas() throws Exception {
        Files.writeString(
                folder.resolve("typed.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {fusion.trained: 2}
                variants:
                  - {name: static, set: {fusion.type: static}}
                """);

        Run run = kemo().run("ablate", "--config", "typed.yaml", "--out", "typed", "--plan");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("fusion.trained: expected true or false, but found the number [2].");
    }

    @Test
    void countsTheTrialsThatThereWouldBe() throws Exception {
        assertThat(plan().out()).contains("10 trials, 2 of each variant");
        assertThat(plan("seeds=[1, 2, 3]", "--json").json().path("trials").asInt())
                .isEqualTo(30);
        assertThat(plan("datasets={one: {type: manifest, file: toy.csv}, other: {type: manifest, file: toy.csv}}")
                        .out())
                .contains("at most 20 trials, 2 of each variant on the data that have modalities of it");
    }

    @Test
    void takesValuesOfAllVariantsFromTheCommandLineBesideThoseOfItsFile() throws Exception {
        Files.writeString(
                folder.resolve("common.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {fusion.type: absent, train.stages.text.epochs: 0}
                """);

        Run run =
                kemo().run("ablate", "--config", "common.yaml", "--out", "common", "--plan", "set.fusion.type=static");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("epochs: expected a whole number of at least 1, but found the number [0].")
                .doesNotContain("absent");
    }

    @Test
    void refusesToScoreAModalityThatAVariantLacks() throws Exception {
        Run misspelt = plan("modality=adio");
        assertThat(misspelt.exitCode()).isEqualTo(2);
        assertThat(misspelt.err())
                .contains(
                        "kemo: The modality [adio] is scored, and the variant [fusion.type=static] has none of that name.",
                        "Did you mean [audio]?");

        Run without = plan("modality=audio", "grid={}", "variants=[{name: silent, set: {modalities.audio: off}}]");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("The modality [audio] is scored, and the variant [silent] has none");
    }

    @Test
    void refusesAVariantThatHasNothingToMakeFeaturesOfSoundBeforeItTrainsAnother() throws Exception {
        Files.writeString(
                folder.resolve("deaf.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                data: {type: manifest, file: toy.csv}
                variants:
                  - {name: whole}
                  - {name: deaf, set: {plugins.mfcc: "off"}}
                """);

        Run run = kemo().run("ablate", "--config", "deaf.yaml", "--out", "deaf");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "kemo: The variant [deaf] has no feature extractors for the modality [audio], of which the data set"
                                + " [toy.csv] has no features.",
                        "Name some under modalities.audio.features");
        assertThat(folder.resolve("deaf")).doesNotExist();
    }

    /** Which is trained on features that were computed elsewhere. */
    @Test
    void scoresUtterancesWithoutSoundByAVariantThatHasNothingToMakeFeaturesOfIt() throws Exception {
        Files.writeString(folder.resolve("low-features.csv"), "1,2\n3,4\n");
        Files.writeString(folder.resolve("high-features.csv"), "5,1\n7,3\n");
        Files.writeString(
                folder.resolve("ready.csv"),
                "id,text,features,label\na,lowдымын,low-features.csv,low\nb,highдымын,high-features.csv,high\n");
        Files.writeString(
                folder.resolve("some.csv"),
                "id,audio,text,label\nheard,low0.wav,lowдымын,low\nlow,,lowдымын,low\nhigh,,highдымын,high\n");
        Files.writeString(
                folder.resolve("some.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set:
                  plugins.mfcc: "off"
                  train.stages.audio.epochs: 1
                  train.stages.audio.patience: 0
                  train.stages.audio.data: {type: manifest, file: ready.csv, audioColumns: {}, featureColumns: {audio: features}}
                  train.stages.text.epochs: 1
                  train.stages.fusion.epochs: 1
                  train.stages.fusion.data: {type: manifest, file: ready.csv, audioColumns: {}, featureColumns: {audio: features}}
                data: {type: manifest, file: some.csv}
                """);

        Run run = kemo().run("ablate", "--config", "some.yaml", "--out", "some", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("variants").path(0).path("problems"))
                .map(JsonNode::asString)
                .singleElement()
                .asString()
                .startsWith("[heard] The modality [audio] was given sound but has no feature extractors.");
    }

    private static Run plan(String... overrides) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("ablate", "--config", "ablation.yaml", "--out", "planned", "--plan"));
        arguments.addAll(List.of(overrides));
        return kemo().run(arguments.toArray(String[]::new));
    }

    @Test
    void refusesSeedsOfVariantsWhichThoseOfTheTrialsWouldReplace() throws Exception {
        for (String seeds :
                List.of("variants=[{name: seven, set: {seed: 7}}]", "grid={seed: [1, 2]}", "set={seed: 7}")) {
            Run run = plan(seeds);

            assertThat(run.exitCode()).as(seeds).isEqualTo(2);
            assertThat(run.err())
                    .contains("There is a [seed] under [" + (seeds.startsWith("grid") ? "grid" : "set") + "]")
                    .contains("Give all of them under seeds: [1, 2].");
        }
    }

    @Test
    void runsOnceWhatIsTheSameUnderTwoNames() throws Exception {
        Files.writeString(
                folder.resolve("same.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                folds: {count: 2, by: utterance}
                set: {modalities.audio: "off", train.stages.text.epochs: 2}
                variants:
                  - {name: silent}
                  - {name: written out, set: {train.stages.text.sampling: none}}
                """);

        Run run = kemo().run("ablate", "--config", "same.yaml", "--out", "same", "--side-by-side", "4", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines().filter(line -> line.contains("accuracy"))).hasSize(2);
        assertThat(run.err().lines().filter(line -> line.contains("was finished before")))
                .hasSize(2);
        List<JsonNode> rows = List.copyOf(run.json().path("variants").values());
        assertThat(rows).extracting(row -> row.path("name").asString()).containsExactly("silent", "written out");
        assertThat(rows.get(0).path("accuracy")).isEqualTo(rows.get(1).path("accuracy"));
        assertThat(rows).allSatisfy(row -> assertThat(
                        Path.of(row.path("model").asString()).resolve("network.onnx"))
                .exists());
        try (Stream<Path> cells = Files.list(folder.resolve("same/cells"))) {
            assertThat(cells).hasSize(2);
        }
    }

    /** Those of another variant wait for its stages, where seed and fold are the same. */
    @Test
    void beginsAllTrialsOfAVariantBeforeThoseOfTheNext() throws Exception {
        Files.writeString(
                folder.resolve("order.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                seeds: [1, 2]
                folds: {count: 2, by: utterance}
                set: {modalities.audio: "off", train.stages.text.epochs: 1}
                variants:
                  - {name: plain}
                  - {name: smoothed, set: {train.stages.text.labelSmoothing: 0.1}}
                """);

        Run run = kemo().run("ablate", "--config", "order.yaml", "--out", "order", "--side-by-side", "1", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines().filter(line -> line.contains(": accuracy ")))
                .extracting(line -> line.replaceAll("^\\d+/8 |: accuracy .*", ""))
                .containsExactly(
                        "plain, seed 1, fold 0",
                        "plain, seed 1, fold 1",
                        "plain, seed 2, fold 0",
                        "plain, seed 2, fold 1",
                        "smoothed, seed 1, fold 0",
                        "smoothed, seed 1, fold 1",
                        "smoothed, seed 2, fold 0",
                        "smoothed, seed 2, fold 1");
    }

    @Test
    void runsOnceWhatIsAFloorAndAskedForToo() throws Exception {
        Files.writeString(
                folder.resolve("floor.yaml"),
                """
                title: A try
                base: toy.yaml
                set: {train.stages.audio.epochs: 1, train.stages.audio.patience: 0, train.stages.text.epochs: 1}
                data: {type: manifest, file: toy.csv}
                variants:
                  - {name: words, set: {modalities.audio: "off"}}
                """);

        Run run = kemo().run("ablate", "--config", "floor.yaml", "--out", "floor", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("variants").values())
                .extracting(row -> row.path("name").asString())
                .containsExactly("words", "audio alone", "text alone", "majority");
        assertThat(figure(run.json(), "words", "accuracy")).isEqualTo(figure(run.json(), "text alone", "accuracy"));
        // A single trial.
        assertThat(run.json().path("variants").values())
                .allSatisfy(row ->
                        assertThat(row.path("accuracy").path("std").isNull()).isTrue());
        assertThat(run.json().path("comparisons").values()).isNotEmpty().allSatisfy(each -> assertThat(
                        each.path("ci95").path(0).isNull())
                .isTrue());
        assertThat(kemo().run("ablate", "--config", "floor.yaml", "--out", "floor")
                        .out())
                .contains(", p -, after Holm -. A single trial says nothing about significance.")
                .doesNotContain("NaN", "+-");
        try (Stream<Path> cells = Files.list(folder.resolve("floor/cells"))) {
            assertThat(cells).hasSize(3);
        }
    }

    /** Of the same version. */
    @Test
    void runsAnewWithAnotherBuildOfKemo() throws Exception {
        Files.writeString(
                folder.resolve("built.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {modalities.audio: "off", train.stages.text.epochs: 1}
                data: {type: manifest, file: toy.csv}
                """);
        String[] ablation = {"ablate", "--config", "built.yaml", "--out", "built", "--json"};
        // The archive of classes that a start takes is of this build's modules.
        Kemo rebuilt = kemo().with(
                        "KEMO_JAVA_OPTIONS",
                        "-XX:TieredStopAtLevel=1 -Xshare:off --module-path " + modulesOfAnotherBuild());

        Run first = kemo().run(ablation);
        Run same = kemo().run(ablation);
        Run other = rebuilt.run(ablation);

        assertThat(List.of(first, same, other))
                .allSatisfy(run -> assertThat(run.exitCode()).as(run.err()).isZero());
        assertThat(same.err()).contains("was finished before");
        assertThat(other.err()).doesNotContain("was finished before");
        assertThat(Project.list(folder.resolve("built/stages")))
                .filteredOn(file -> file.toString().endsWith(".json"))
                .hasSize(2);
    }

    /** This one's, behind its runtime with one file more. */
    private static String modulesOfAnotherBuild() throws IOException {
        Path modules = Project.distribution().resolve("modules");
        Path runtime = Project.list(modules)
                .filter(jar -> jar.getFileName().toString().startsWith("kemo-runtime-"))
                .findFirst()
                .orElseThrow();
        Path changed = Files.copy(runtime, folder.resolve("changed.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(changed)) {
            Files.writeString(inside.getPath("changed"), "since");
        }
        return changed
                + File.pathSeparator
                + modules
                + File.pathSeparator
                + Project.distribution().resolve("log");
    }

    /** The data are not asked where they lie, nor a file what it is called. */
    @Test
    void runsAnewWhereAVariableOrWhatAFileHoldsIsAnotherAndFindsWhatWasMovedElsewhere() throws Exception {
        makeVariable(folder.resolve("here"), "1 2\n2 1\n");
        makeVariable(folder.resolve("there"), "1 2\n2 1\n");

        assertThat(found("here", "1")).isFalse();
        assertThat(found("there", "1")).isTrue();
        assertThat(found("here", "2")).isFalse();
        Files.writeString(folder.resolve("here/prior.txt"), "1 2\n2 3\n");
        assertThat(found("here", "2")).isFalse();
        assertThat(found("here", "2")).isTrue();
    }

    private static void makeVariable(Path place, String prior) throws IOException {
        ToyData.tones(Files.createDirectories(place), 4);
        Files.copy(folder.resolve("toy.yaml"), place.resolve("toy.yaml"));
        Files.writeString(place.resolve("prior.txt"), prior);
        Files.writeString(
                place.resolve("variable.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set:
                  train.stages.audio.epochs: 1
                  train.stages.audio.patience: 0
                  train.stages.text.epochs: ${EPOCHS}
                  train.stages.fusion.epochs: 1
                  fusion: {type: cross-modal-alignment, prior: file, priorFile: prior.txt, priorTokens: 2, priorFrames: 2}
                data: {type: manifest, file: toy.csv}
                """);
    }

    /** Whether the one cell was finished before. */
    private static boolean found(String place, String epochs) throws Exception {
        Run run = kemo().with("EPOCHS", epochs)
                .run("ablate", "--config", place + "/variable.yaml", "--out", "variable", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.err().contains("was finished before");
    }

    private static String bestSingle() {
        List<JsonNode> best = table.path("variants").values().stream()
                .filter(row -> row.path("bestSingle").asBoolean())
                .toList();
        assertThat(best)
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.path("reference").asBoolean()).isTrue());
        return best.get(0).path("name").asString();
    }

    @TestFactory
    Stream<DynamicTest> everyAblationThatShipsCanBeRead() throws IOException {
        return Project.list(Project.root().resolve("config/ablations"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Run run = kemo().with("KEMO_DATA", folder.toString())
                            .run("ablate", "--config", file.toString(), "--out", "planned", "--plan", "--json");
                    assertThat(run.exitCode()).as(run.err()).isZero();
                    assertThat(run.json().path("variants").size()).isGreaterThanOrEqualTo(2);
                    assertThat(folder.resolve("planned")).doesNotExist();
                }));
    }

    @Test
    void scoresOnSeveralDataSetsWhatTheyHaveModalitiesOf() throws Exception {
        Files.writeString(
                folder.resolve("datasets.yaml"),
                """
                title: A try
                base: toy.yaml
                set: {train.stages.audio.epochs: 1, train.stages.audio.patience: 0, train.stages.text.epochs: 1, train.stages.fusion.epochs: 1}
                datasets:
                  words: {type: text-lines, files: [words.txt]}
                  both: {type: manifest, file: toy.csv}
                """);
        Files.writeString(folder.resolve("words.txt"), "quiet;low\nquite;middle\nshrill;high\n");

        Run run = kemo().run("ablate", "--config", "datasets.yaml", "--out", "datasets", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("variants").values())
                .extracting(row -> row.path("name").asString())
                .containsExactly(
                        "words: text alone",
                        "words: majority",
                        "both: base",
                        "both: audio alone",
                        "both: text alone",
                        "both: majority");
        assertThat(run.json().path("comparisons").values())
                .allSatisfy(each -> assertThat(each.path("a").asString().split(":", 2)[0])
                        .isEqualTo(each.path("b").asString().split(":", 2)[0]));
        // All but the quarter that is for validation.
        String note = "[18] of the [24] scored utterances of [toy.csv] were trained on.";
        assertThat(run.json().path("notes"))
                .map(JsonNode::asString)
                .contains(note)
                .noneMatch(each -> each.contains("[words"));
        assertThat(Files.readString(Path.of(run.json().path("report").asString())))
                .contains(note);
    }

    @Test
    void plansUnderTheNamesThatPublishedFiguresAreToldBy() throws Exception {
        Files.writeString(
                folder.resolve("published.yaml"),
                """
                title: A try
                base: toy.yaml
                datasets:
                  words: {type: text-lines, files: [absent.txt]}
                  both: {type: manifest, file: absent.csv}
                paper:
                  source: a table
                  differences: All of it is made up.
                  figures: [{variant: "both: base", name: theirs, accuracy: 77.1}]
                """);

        Run plan = kemo().run("ablate", "--config", "published.yaml", "--out", "planned", "--plan", "--json");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.json().path("variants").values())
                .extracting(JsonNode::asString)
                .containsExactly(
                        "words: base",
                        "words: audio alone",
                        "words: text alone",
                        "words: majority",
                        "both: base",
                        "both: audio alone",
                        "both: text alone",
                        "both: majority");
    }

    @Test
    void refusesGroupsOfSpeakersWhomTheDataLackOrWhoAreTestedOnTwice() throws Exception {
        Files.writeString(
                folder.resolve("speakers.csv"),
                "id,audio,text,label,speaker\na,,lowдымын,low,01\nb,,highдымын,high,02\n");
        Files.writeString(
                folder.resolve("speakers.yaml"),
                """
                title: A try
                base: toy.yaml
                set: {modalities.audio: "off"}
                data: {type: manifest, file: speakers.csv}
                """);

        Run lacking = speakers("folds.groups=[[\"01\"], [\"2\"]]");
        assertThat(lacking.exitCode()).isEqualTo(3);
        assertThat(lacking.err())
                .contains("kemo: The folds name the speaker [2], of whom the data have nothing.", "[02]?");

        Run twice = speakers("folds.groups=[[\"01\"], [\"02\", \"01\"]]");
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).contains("The speaker [01] stands in the groups [[01], [02, 01]] twice.");
    }

    private static Run speakers(String groups) throws Exception {
        return kemo().run("ablate", "--config", "speakers.yaml", "--out", "speakers", groups);
    }

    @Test
    void refusesDataThatHaveNothingToScore() throws Exception {
        Files.writeString(folder.resolve("untested.yaml"), "title: A try\nbase: toy.yaml\n");
        Run untested = kemo().run("ablate", "--config", "untested.yaml", "--out", "untested");
        assertThat(untested.exitCode()).isEqualTo(3);
        assertThat(untested.err())
                .contains(
                        "kemo: The data set [toy.csv] has nothing to score.",
                        "Ask for folds, or for data with a test side.");

        Files.writeString(folder.resolve("one.csv"), "id,text,label,speaker\na,lowдымын,low,01\n");
        Files.writeString(folder.resolve("two.csv"), "id,text,label,speaker\na,highдымын,high,02\n");
        Run other = kemo().run(
                        "ablate",
                        "--config",
                        "untested.yaml",
                        "--out",
                        "untested",
                        "datasets={a: {type: manifest, file: one.csv}, b: {type: manifest, file: two.csv}}",
                        "folds.groups=[[\"01\"], [\"02\"]]");
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.err()).contains("kemo: The data set [one.csv] has nothing to score in fold [1].");
    }

    @Test
    void scoresAnewWhatHasTheSameIdsAndLabelsButOtherWords() throws Exception {
        Path words = folder.resolve("scored/words.txt");
        Files.createDirectories(words.getParent());
        Files.writeString(
                folder.resolve("scored.yaml"),
                """
                title: A try
                base: toy.yaml
                floors: false
                set: {modalities.audio: "off"}
                data: {type: text-lines, files: [scored/words.txt]}
                """);
        List<Double> accuracies = new ArrayList<>();
        for (String text : List.of("lowдымын;low\nhighдымын;high\n", "highдымын;low\nlowдымын;high\n")) {
            Files.writeString(words, text);
            Run run = kemo().run("ablate", "--config", "scored.yaml", "--out", "scored/out", "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            accuracies.add(figure(run.json(), "base", "accuracy"));
        }

        assertThat(accuracies).containsExactly(1.0, 0.0);
    }

    private static double figure(String variant, String metric) {
        return figure(table, variant, metric);
    }

    private static double figure(JsonNode whole, String variant, String metric) {
        return whole.path("variants").values().stream()
                .filter(row -> row.path("name").asString().equals(variant))
                .findFirst()
                .orElseThrow()
                .path(metric)
                .path("mean")
                .asDouble();
    }

    private static Map<String, String> withoutTimes(JsonNode whole) {
        List<String> rows = new ArrayList<>();
        whole.path("variants").values().forEach(row -> {
            Map<String, String> figures = new TreeMap<>();
            row.properties()
                    .forEach(entry ->
                            figures.put(entry.getKey(), entry.getValue().toString()));
            figures.keySet().removeAll(List.of("rtf", "stages", "model"));
            rows.add(figures.toString());
        });
        return Map.of(
                "variants", rows.toString(),
                "comparisons", whole.path("comparisons").toString());
    }

    private static String[] ablation(String out) {
        return new String[] {"ablate", "--config", "ablation.yaml", "--out", out, "--json"};
    }

    private static Kemo kemo() throws IOException {
        return Kemo.in(folder).quick();
    }
}

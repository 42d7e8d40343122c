package org.kemo.distribution;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What cannot be right is refused in words that help, and costs nothing else that was asked in the same breath. */
class BadInputTest {
    private static final Wav SOUND = new Wav(16_000, 16);
    private static final int HOUR = 3600;

    @TempDir
    Path folder;

    @BeforeEach
    void makeAClip() throws IOException {
        SOUND.write(folder.resolve("good.wav"), SOUND.tone(200, 0.5));
    }

    @ParameterizedTest
    @MethodSource("org.kemo.distribution.JavaHome#all")
    void answersTheClipsThatItCanAndSaysOfEachOtherWhatIsWrong(JavaHome java) throws Exception {
        makeBadClips();
        Kemo kemo = new Kemo(java, folder, Map.of("KEMO_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Xmx256m"));

        Run run = kemo.run(
                "analyze",
                "empty.wav",
                "cut.wav",
                "cut.flac",
                "good.wav",
                "silent.wav",
                "nan.wav",
                "one.wav",
                "long.wav",
                "words.wav",
                "absent.wav",
                "fine.wav",
                "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("analyze: 11 steps\n");
        assertThat(run.json().path("clips"))
                .map(clip -> clip.path("id").asString())
                .containsExactly("good.wav", "fine.wav");
        Map<String, String> problems = problems(run.json().path("failures"));
        assertThat(problems.remove("cut.flac"))
                .startsWith("The file [" + folder.resolve("cut.flac") + "] ends after [")
                .endsWith(" s] that its header promises.");
        assertThat(problems)
                .containsExactly(
                        entry("empty.wav", "The file [" + folder.resolve("empty.wav") + "] is empty."),
                        entry(
                                "cut.wav",
                                "The file [" + folder.resolve("cut.wav")
                                        + "] ends after [0.249 s] of the [0.500 s] that its header promises."),
                        entry(
                                "silent.wav",
                                "The utterance [silent.wav] is silent, empty or without any of [audio, text]."),
                        entry(
                                "nan.wav",
                                "The sample at [0.125 s] of the file [" + folder.resolve("nan.wav")
                                        + "] is [NaN], not a number that can be heard."),
                        entry("one.wav", "The utterance [one.wav] is silent, empty or without any of [audio, text]."),
                        entry(
                                "long.wav",
                                "The file [" + folder.resolve("long.wav")
                                        + "] is [28800 s] long or longer, more than the limit of [3600 s]."),
                        entry("words.wav", "The file [" + folder.resolve("words.wav") + "] is neither WAV nor FLAC."),
                        entry("absent.wav", "There is no file [" + folder.resolve("absent.wav") + "]."));
        assertThat(run.json().path("failures")).allSatisfy(failure -> {
            assertThat(failure.path("category").asString()).isEqualTo("input");
            assertThat(failure.path("remedy").asString()).isNotBlank();
        });
    }

    @Test
    void goesOnAfterAClipThatNeedsMoreMemoryThanThereIs() throws Exception {
        new Wav(48_000, 16).writeSparse(folder.resolve("large.wav"), 48_000 * (HOUR - 1));

        Run run = kemo().with("KEMO_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Xmx256m")
                .run("analyze", "large.wav", "good.wav", "--json");

        assertThat(run.exitCode()).isEqualTo(5);
        JsonNode failure = run.json().path("failures").path(0);
        assertThat(failure.path("id").asString()).isEqualTo("large.wav");
        assertThat(failure.path("problem").asString()).startsWith("Java has no memory left [");
        assertThat(failure.path("remedy").asString()).contains("KEMO_JAVA_OPTIONS=-Xmx");
        assertThat(run.json().path("clips"))
                .map(clip -> clip.path("id").asString())
                .containsExactly("good.wav");
    }

    @Test
    void answersForTheWordsWhereTheSoundIsSilentAndForTheSoundWhereThereAreNoWords() throws Exception {
        SOUND.write(folder.resolve("silent.wav"), new double[16_000]);

        Run run = kemo().run(
                        "analyze",
                        "silent.wav",
                        "good.wav",
                        "good.wav",
                        "--text",
                        "I am glad",
                        "--text",
                        "",
                        "--text",
                        "I am sad",
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode clips = run.json().path("clips");
        assertThat(clips)
                .map(clip -> clip.path("id").asString() + " without " + clip.path("missing"))
                .containsExactly(
                        "silent.wav without [\"audio\"]", "good.wav without [\"text\"]", "good.wav without []");
        assertThat(clips).map(clip -> clip.path("audioSeconds").asDouble()).containsExactly(1.0, 0.5, 0.5);
    }

    @Test
    void answersForALongTextAndRefusesOneWithoutALetter() throws Exception {
        Run run = kemo().run("analyze", "--text", "", "--text", "a".repeat(100_000), "--text", "I am glad", "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.json().path("clips"))
                .map(clip -> clip.path("id").asString())
                .containsExactly("text-2", "text-3");
        assertThat(problems(run.json().path("failures")))
                .containsExactly(
                        entry("text-1", "The utterance [text-1] is silent, empty or without any of [audio, text]."));
    }

    @Test
    void scoresTheLinesOfAManifestAroundABadOne() throws Exception {
        makeBadClips();
        Files.writeString(
                folder.resolve("set.csv"),
                """
                id,audio,text,label
                sound,good.wav,,neutral
                words,,I am so sad,sad
                both,good.wav,I am glad,happy
                open,good.wav,"I am sad,sad
                short,good.wav,I am glad
                twice,good.wav,hm,bored
                gone,absent.wav,I am glad,happy
                broken,cut.wav,I am angry,angry
                long,,%s,scared
                """
                        .formatted("мұң".repeat(33_334)));

        Run run = kemo().run("evaluate", "--data", "{type: manifest, file: set.csv}", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("n").asInt()).isEqualTo(4);
        Path set = folder.resolve("set.csv");
        assertThat(run.json().path("problems"))
                .map(JsonNode::asString)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith(set + ":5: a quote is not closed"),
                        problem -> assertThat(problem)
                                .isEqualTo(set + ":6: the line has [3] fields where the header has [4]."),
                        problem -> assertThat(problem).isEqualTo(set + ":8: the file [absent.wav] does not exist."),
                        problem -> assertThat(problem).startsWith("[twice] The label [bored] stands for none of ["),
                        problem -> assertThat(problem)
                                .startsWith("[broken] The file [")
                                .contains("] ends after ["));
    }

    @Test
    void refusesAModelOfWhichAFileIsMissingAlteredOrCutOff() throws Exception {
        Path shipped = Project.root().resolve("config/models/kemo-small");
        Path model = folder.resolve("model");

        Files.createDirectories(model);
        assertRefused("] is not a model: it has no kemo-model.yaml.");
        copy(shipped, model, "kemo-model.yaml");
        copy(shipped, model, "normalisation.json");
        assertRefused("] lacks its file [network.onnx].");
        byte[] network = Files.readAllBytes(shipped.resolve("network.onnx"));
        network[network.length / 2] ^= 1;
        Files.write(model.resolve("network.onnx"), network);
        assertRefused("network.onnx] was altered: its SHA-256 is [");
        network[network.length / 2] ^= 1;
        Files.write(model.resolve("network.onnx"), network);
        String card = Files.readString(shipped.resolve("kemo-model.yaml"));
        Files.writeString(model.resolve("kemo-model.yaml"), card.substring(0, card.indexOf("\n      labels:")));
        assertRefused("kemo-model.yaml] cannot be read: ");
    }

    private void assertRefused(String problem) throws IOException, InterruptedException {
        Run run = kemo().run("analyze", "good.wav", "--model", "model", "--json");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.json().path("error").path("problem").asString())
                .contains(problem, "[" + folder.resolve("model"));
        assertThat(run.json().path("error").path("remedy").asString()).isNotBlank();
    }

    @Test
    void listsFiveMistakesOfAConfigurationAtOnce() throws Exception {
        Files.writeString(
                folder.resolve("five.yaml"),
                """
                seed: one
                labels: {space: [low, high]}
                modalities:
                  audio:
                    features: [{type: mfc}]
                    encoder: {type: bilstm, hiden: 8}
                    labels: [low, high]
                fusion: {type: dynamic-gated, dropout: 1.5}
                host:
                  sessions: {permitz: 3}
                """);

        Run run = kemo().run("config", "--config", "five.yaml", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        String file = folder.resolve("five.yaml").toString();
        String[] mistakes = {
            file + ":1:7 seed: expected a whole number, but found the text [one].",
            file
                    + ":5:23 modalities.audio.features.0.type: there is no component [mfc] of kind feature. Did you mean [mfcc]?",
            file + ":6:29 modalities.audio.encoder.hiden: there is no option [hiden]. Did you mean [hidden]?",
            file + ":8:40 fusion.dropout: expected a number from 0 to 0.95, but found the number [1.5].",
            file + ":10:14 host.sessions.permitz: there is no option [permitz]. Did you mean [permits]?"
        };
        assertThat(run.err().lines())
                .startsWith("kemo: The configuration has 5 mistakes:")
                .contains(mistakes);
        assertThat(run.json().path("error").path("mistakes"))
                .map(mistake -> (mistake.path("source").asString() + ":" + mistake.path("line") + ":"
                                + mistake.path("column") + " "
                                + mistake.path("path").asString() + ": "
                                + mistake.path("message").asString() + " "
                                + mistake.path("suggestion").asString())
                        .strip())
                .containsExactly(mistakes);
    }

    /** Without the weights of pretrained encoders, which a run would open next. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[low, high] | {} | null | There are no modalities.",
                "[low, low] | {audio: {features: mfcc, encoder: bilstm, labels: []}} | null | hold a blank or repeated name.",
                "[low, high] | {text: {encoder: labse, labels: [low, hihg]}} | null | Did you mean [high]?",
                "[low, high] | {audio: &one {encoder: mlp, labels: [low, high]}, text: *one} | null | have no fusion strategy.",
                "[low, high] | {audio: &one {encoder: mlp, labels: [low, high]}, text: *one} | {type: static, weights: {adio: 1}}"
                        + " | The weight of [adio] belongs to none of the modalities [audio, text]."
            })
    void saysBeforeAnythingRunsThatPartsDoNotFitTogether(String space, String modalities, String fusion, String problem)
            throws Exception {
        refusedBeforeAnythingRuns(
                "labels: {space: " + space + "}\nmodalities: " + modalities + "\nfusion: " + fusion + "\n", problem);
    }

    @Test
    void saysBeforeAnythingRunsThatTrainingWouldNotTeachTheStrategy() throws Exception {
        refusedBeforeAnythingRuns(
                """
                labels: {space: [low, high]}
                modalities: {audio: &one {encoder: mlp, labels: [low, high]}, text: *one}
                fusion: {type: mixture-of-experts, active: 1}
                train: {stages: [{name: fusion, fusion: true, data: {type: ravdess, root: clips}}]}
                """,
                "Of [4] experts, [1] is active");
    }

    private void refusedBeforeAnythingRuns(String model, String problem) throws Exception {
        Files.writeString(folder.resolve("model.yaml"), model);
        Files.writeString(folder.resolve("ablation.yaml"), "title: A try\nbase: model.yaml\nfloors: false\n");

        Run config = kemo().run("config", "--config", "model.yaml");
        Run plan = kemo().run("ablate", "--config", "ablation.yaml", "--out", "out", "--plan");

        assertThat(config.err()).contains(problem);
        assertThat(config.exitCode()).isEqualTo(2);
        assertThat(plan.err()).contains(problem);
        assertThat(plan.exitCode()).isEqualTo(2);
    }

    private Kemo kemo() throws IOException {
        return Kemo.in(folder).quick();
    }

    private void makeBadClips() throws IOException {
        Files.createFile(folder.resolve("empty.wav"));
        cut(folder.resolve("good.wav"), folder.resolve("cut.wav"));
        cut(Project.root().resolve("examples/clips/kk-sad.flac"), folder.resolve("cut.flac"));
        SOUND.write(folder.resolve("silent.wav"), new double[8_000]);
        double[] broken = SOUND.tone(200, 0.5);
        broken[2_000] = Double.NaN;
        new Wav(16_000, 32).write(folder.resolve("nan.wav"), broken);
        SOUND.write(folder.resolve("one.wav"), 0.5);
        new Wav(8_000, 8).writeSparse(folder.resolve("long.wav"), 8_000 * 8 * HOUR);
        Files.writeString(folder.resolve("words.wav"), "These are words and not a recording of them.");
        Wav fine = new Wav(384_000, 16);
        fine.write(folder.resolve("fine.wav"), fine.tone(200, 0.5));
    }

    /** The first half of a file. */
    private static void cut(Path whole, Path half) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static void copy(Path from, Path to, String name) throws IOException {
        Files.copy(from.resolve(name), to.resolve(name));
    }

    private static Map<String, String> problems(JsonNode failures) {
        return IntStream.range(0, failures.size())
                .mapToObj(failures::path)
                .collect(toMap(
                        failure -> failure.path("id").asString(),
                        failure -> failure.path("problem").asString(),
                        (one, other) -> one + other,
                        LinkedHashMap::new));
    }
}

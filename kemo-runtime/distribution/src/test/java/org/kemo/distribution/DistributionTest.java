package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Starts what was built as a process: a module that is missing on the module path shows here and in no other test, since those run
 * on the class path.
 */
class DistributionTest {
    @TempDir
    Path folder;

    static Stream<JavaHome> javas() throws IOException {
        return JavaHome.all();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void saysItsVersionAndThatOfJava(JavaHome java) throws Exception {
        Run run = on(java).run("--version");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("kemo 0.").contains(" on Java " + java.version());
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void loadsEveryPluginAndSaysNothingElse(JavaHome java) throws Exception {
        Run run = on(java).run("plugins", "list", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<JsonNode> plugins = elements(run.json().path("plugins"));
        assertThat(plugins).hasSameSizeAs(Project.plugins());
        assertThat(plugins).allSatisfy(plugin -> {
            assertThat(plugin.path("state").asString()).isEqualTo("enabled");
            assertThat(elements(plugin.path("components"))).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("javas")
    void constructsEveryComponentAndDescribesIt(JavaHome java) throws Exception {
        Run run = on(java).run("describe", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(elements(run.json().path("kinds")).stream()
                        .flatMap(kind -> elements(kind.path("components")).stream()))
                .hasSizeGreaterThanOrEqualTo(Project.plugins().size())
                .allSatisfy(component ->
                        assertThat(component.path("description").asString()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void readsAConfigurationThatShipsWithoutItsData(JavaHome java) throws Exception {
        Run run = on(java).with("KEMO_DATA", folder.toString())
                .run(
                        "config",
                        "--config",
                        Project.root().resolve("config/kemo-small.yaml").toString(),
                        "fusion=static",
                        "train=null");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("type: static").contains("host:");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void answersAndJavaHasNothingToSayOfIt(JavaHome java) throws Exception {
        Run run = on(java).run("analyze", clip("kk-sad.flac"), "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        JsonNode answer = run.json().path("clips").path(0);
        assertThat(answer.path("modalities").propertyNames()).containsExactly("audio");
        assertThat(answer.path("probabilities").propertyNames())
                .contains(answer.path("label").asString());
    }

    /** The bar asks the terminal for its width through native code. */
    @ParameterizedTest
    @MethodSource("javas")
    void drawsABarOnATerminalAndNothingElse(JavaHome java) throws Exception {
        Run run = on(java).with("KEMO_JAVA_OPTIONS", "-Dkemo.terminal=true")
                .run(
                        "evaluate",
                        "--data",
                        Project.root().resolve("config/demo.yaml").toString());

        assertThat(run.err().strip().split("[\r\n]+")).isNotEmpty().allSatisfy(drawn -> assertThat(drawn)
                .startsWith("evaluate "));
        assertThat(run.out()).startsWith("6 utterances");
    }

    /** What is printed above the bar stands in its place, and no step need come soon. */
    @Test
    void drawsTheBarAgainWhileThereIsNoStep() throws Exception {
        Wav sound = new Wav(16_000, 16);
        sound.write(folder.resolve("long.wav"), sound.tone(200, 300));
        sound.write(folder.resolve("short.wav"), sound.tone(200, 0.5));

        Run run = Kemo.in(folder)
                .with("KEMO_JAVA_OPTIONS", "-Dkemo.terminal=true")
                .run("analyze", "long.wav", "short.wav");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().split("\r"))
                .filteredOn(drawn -> drawn.contains(" 0/2 ("))
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "features"})
    void saysOfEachClipWhatItFindsBeforeItComesToTheNext(String command) throws Exception {
        Wav sound = new Wav(16_000, 16);
        sound.write(folder.resolve("short.wav"), sound.tone(200, 0.5));
        sound.write(folder.resolve("long.wav"), sound.tone(200, 120));

        Run.Started started = Kemo.in(folder).start(command, "short.wav", "long.wav");
        started.awaitOutput("short.wav: ");
        Run run = started.kill();

        assertThat(run.out()).startsWith("short.wav: ").doesNotContain("long.wav");
        assertThat(run.err()).isEqualTo(command + ": 2 steps\n");
    }

    @Test
    void reportsToNobody() throws Exception {
        Path cache = folder.resolve("cache");

        Run run = Kemo.in(folder).with("XDG_CACHE_HOME", cache.toString()).run("analyze", "--text", "I am glad");

        assertThat(run.exitCode()).isZero();
        assertThat(Project.list(cache)).containsExactly(cache.resolve("kemo"));
    }

    @Test
    void endsWithTheCodeOfTheErrorAndOneJsonDocument() throws Exception {
        Run run = Kemo.in(folder).run("config", "--config", "absent.yaml", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().path("error").path("problem").asString())
                .isEqualTo("There is no file [" + folder.toRealPath().resolve("absent.yaml") + "].");
        assertThat(run.err()).startsWith("kemo: There is no file");
    }

    /** One of other letters, the name that macOS hands on over ssh, and one that need not be installed. */
    @ParameterizedTest
    @CsvSource({"C, C, C", "'', UTF-8, ''", "'', '', kk_KZ.UTF-8"})
    void keepsLettersBeyondAsciiInAnyLocale(String all, String letters, String language) throws Exception {
        Run run = Kemo.in(folder)
                .with("LC_ALL", all)
                .with("LC_CTYPE", letters)
                .with("LANG", language)
                .run("describe", "fusion", "қазақ", "--json");

        assertThat(run.json().path("error").path("problem").asString()).contains("[қазақ]");
    }

    @Test
    void writesTheSameDigitsInAnyLocale() throws Exception {
        Files.writeString(folder.resolve("labels.csv"), "ann,ben\nhappy,sad\nsad,sad\n");

        Run run = Kemo.in(folder)
                .with("KEMO_JAVA_OPTIONS", "-Duser.language=fa -Duser.country=IR")
                .run("agreement", "labels.csv", "--raters", "ann,ben");

        assertThat(run.out()).startsWith("2 items, 2 raters, 4 labels");
    }

    @Test
    void drawsFeaturesWhereThereIsNoScreenToBeReached() throws Exception {
        Run run = Kemo.in(folder)
                .with("DISPLAY", "localhost:77")
                .run(
                        "features",
                        Project.root().resolve("examples/clips/kk-happy.flac").toString(),
                        "--plot",
                        "features.png",
                        "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("plot").asString()).isEqualTo("features.png");
        assertThat(folder.resolve("features.png")).isNotEmptyFile();
    }

    @Test
    void drawsAnExtractorAsOftenAsItIsNamed() throws Exception {
        int once = heightOfThePlot("[{type: mfcc, channels: 26}]");
        int twice = heightOfThePlot("[{type: mfcc, channels: 26}, {type: mfcc, channels: 40}]");

        // The sound itself is 200 high.
        assertThat(twice - 200).isEqualTo(2 * (once - 200));
    }

    private int heightOfThePlot(String extractors) throws Exception {
        Files.writeString(folder.resolve("features.yaml"), "features: " + extractors + "\n");
        Run run = Kemo.in(folder)
                .run("features", clip("kk-happy.flac"), "--config", "features.yaml", "--plot", "features.png");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return ImageIO.read(folder.resolve("features.png").toFile()).getHeight();
    }

    @Test
    void holdsOnlyOneJarOfEachKind() {
        assertThat(Stream.of("modules", "log", "lib")
                        .flatMap(part -> Project.list(Project.distribution().resolve(part)))
                        .map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", "")))
                .doesNotHaveDuplicates()
                .contains("kemo-api", "kemo-runtime");
    }

    private Kemo on(JavaHome java) {
        return new Kemo(java, folder, Map.of());
    }

    private static String clip(String name) {
        return Project.root().resolve("examples/clips").resolve(name).toString();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}

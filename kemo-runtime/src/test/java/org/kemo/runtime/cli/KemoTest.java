package org.kemo.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.runtime.KemoHome;
import org.kemo.runtime.plugin.PluginFixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KemoTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeAnInstallationWithoutPlugins() throws IOException {
        Files.createDirectories(folder.resolve("home/plugins"));
        Files.createDirectories(folder.resolve("user"));
    }

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .startsWith("kemo ")
                .contains(Runtime.version().toString());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsAllCommandsInItsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(Pattern.compile("(?m)^  ([a-z]+) ").matcher(out.toString()).results())
                .map(command -> command.group(1))
                .containsExactly(
                        "demo",
                        "analyze",
                        "train",
                        "evaluate",
                        "ablate",
                        "features",
                        "agreement",
                        "models",
                        "plugins",
                        "describe",
                        "config");
    }

    @Test
    void namesTheNearestCommand() {
        assertThat(run("plugin", "list")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("kemo: There is no command [plugin].")
                .contains("Did you mean [plugins]?", "kemo --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void namesTheNearestOption() {
        assertThat(run("describe", "--jsn")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean [--json]?", "kemo describe --help");
    }

    @Test
    void wantsACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: A command is missing.");
    }

    @Test
    void takesJsonBeforeAndBehindTheCommand() {
        assertThat(run("--json", "plugins", "list")).isZero();
        assertThat(json()).isEqualTo(new JsonMapper().readTree("{\"plugins\": []}"));
        out.getBuffer().setLength(0);
        assertThat(run("plugins", "list", "--json")).isZero();
        assertThat(json()).isEqualTo(new JsonMapper().readTree("{\"plugins\": []}"));
    }

    @Test
    void writesAnErrorAsOneJsonDocumentToo() {
        assertThat(run("describe", "fusoin", "--json")).isEqualTo(2);

        JsonNode error = json().path("error");
        assertThat(error.path("category").asString()).isEqualTo("configuration");
        assertThat(error.path("problem").asString()).isEqualTo("There is no kind of component [fusoin].");
        assertThat(error.path("remedy").asString()).isEqualTo("Did you mean [fusion]?");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void showsAStackTraceOnlyWhereItIsAskedFor() {
        assertThat(run("describe", "fusoin", "--debug")).isEqualTo(2);
        assertThat(err.toString()).contains("\tat org.kemo.runtime.cli.DescribeCommand");
    }

    @Test
    void listsTheMistakesOfAConfigurationWithTheirPlaces() throws IOException {
        Files.writeString(folder.resolve("conf.yaml"), "sead: 1\nhost: {plugin: {}}\n");

        assertThat(run("config", "--config", "conf.yaml", "--json")).isEqualTo(2);

        JsonNode mistake = json().path("error").path("mistakes").path(0);
        assertThat(mistake.path("path").asString()).isEqualTo("host.plugin");
        assertThat(mistake.path("line").asInt()).isEqualTo(2);
        assertThat(mistake.path("column").asInt()).isEqualTo(8);
        assertThat(mistake.path("suggestion").asString()).isEqualTo("Did you mean [plugins]?");
    }

    @Test
    void listsTheMistakesOfTheHostTogetherWithThoseOfTheRun() throws IOException {
        Files.writeString(folder.resolve("conf.yaml"), "sead: 1\nhost: {sessions: {permitz: 2}}\nlabels: {space: 3}\n");

        assertThat(run("config", "--config", "conf.yaml", "--json")).isEqualTo(2);

        assertThat(json().path("error").path("mistakes"))
                .map(mistake -> mistake.path("path").asString())
                .contains("sead", "host.sessions.permitz", "labels.space")
                .doesNotHaveDuplicates();
    }

    @Test
    void saysWhatReadsAnAblationWhereASingleRunIsWanted() throws IOException {
        Files.writeString(folder.resolve("ablation.yaml"), "title: A try\nbase: conf.yaml\nhost: {plugin: {}}\n");
        for (List<String> command : List.of(List.of("config"), List.of("train", "--out", "model"))) {
            err.getBuffer().setLength(0);
            assertThat(run(with(new String[] {"--config", "ablation.yaml"}, command.toArray(String[]::new))))
                    .as(command.toString())
                    .isEqualTo(2);
            assertThat(err.toString())
                    .startsWith("kemo: The configuration has the base [conf.yaml], as that of an ablation has")
                    .contains("kemo ablate --config FILE --out DIR --plan");
        }
    }

    @Test
    void refusesAPluginThatIsNotThere() {
        assertThat(run("plugins", "disable", "torhc")).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: There is no plugin [torhc].");
    }

    @Test
    void switchesAPluginOffAndOnAgain() throws IOException {
        plugin("own").pack(folder.resolve("user"));
        assertThat(run("plugins", "disable", "own")).isZero();

        assertThat(run("plugins", "enable", "own")).isZero();
        assertThat(out.toString()).contains("Disabled [own].", "Enabled [own].");
        assertThat(run("plugins", "list")).isZero();
        assertThat(out.toString()).contains("own 1.0.0 enabled");
        out.getBuffer().setLength(0);
        assertThat(run("plugins", "enable", "own", "--json")).isZero();
        assertThat(json()).isEqualTo(new JsonMapper().readTree("{\"enabled\": []}"));
    }

    @Test
    void holdsToTheLockAndToWhatWasDisabledWhereAConfigurationNamesMoreFolders() throws IOException {
        Path more = Files.createDirectories(folder.resolve("more"));
        plugin("own").pack(folder.resolve("user"));
        plugin("extra").pack(more);
        String[] folders = {"--set", "host.plugins.folders=[more, user]"};
        assertThat(run("plugins", "disable", "own")).isZero();
        assertThat(run(with(folders, "plugins", "list"))).isZero();
        assertThat(out.toString()).contains("own 1.0.0 disabled", "extra 1.0.0 enabled");
        assertThat(run("plugins", "lock")).isZero();

        assertThat(run(with(folders, "plugins", "check"))).isEqualTo(4);
        assertThat(out.toString())
                .contains("Plugin [extra] with the sum [", "is not listed in [" + folder.resolve("user/plugins.lock"));
    }

    private PluginFixture plugin(String id) {
        return new PluginFixture(folder, id).transcriber(id, "\"\"");
    }

    private static String[] with(String[] options, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
    }

    @Test
    void describesTheConfigurationItself() {
        assertThat(run("describe", "configuration")).isZero();
        assertThat(out.toString())
                .contains(
                        "seed: a whole number; default 1",
                        "epochs: a whole number of at least 1; default 20",
                        "sampling: one of [none, random-over, random-under]; default none",
                        "host: what the machine gives to a run");
        out.getBuffer().setLength(0);
        assertThat(run("describe", "configuration", "--json")).isZero();
        assertThat(json().path("options").path(0).path("name").asString()).isEqualTo("seed");
        assertThat(json().propertyNames()).containsExactly("kind", "options", "host");
    }

    @Test
    void describesAnAblation() {
        assertThat(run("describe", "ablation")).isZero();
        assertThat(out.toString())
                .contains(
                        "base: a path; required",
                        "folds: a mapping, or null; default null",
                        "  count: a whole number of at least 2; default 5",
                        "  groups: a list, each a list, each a text; default []",
                        "labels: one of [aligned, native]; default aligned",
                        "reference: a text, or null; default null",
                        "host: what the machine gives to a run");
        out.getBuffer().setLength(0);
        assertThat(run("describe", "ablation", "--json")).isZero();
        assertThat(json().path("kind").asString()).isEqualTo("ablation");
        assertThat(json().path("options").path(0).path("name").asString()).isEqualTo("title");
        assertThat(json().propertyNames()).containsExactly("kind", "options", "host");
    }

    @Test
    void wantsAFileOrAModelToShowTheConfigurationOf() {
        assertThat(run("config")).isEqualTo(2);
        assertThat(err.toString()).contains("--config", "--model");
    }

    @Test
    void writesWhatAPluginOfAnotherVersionThrowsAsOneJsonDocument() {
        int exitCode = run(
                () -> {
                    throw new NoSuchMethodError("'void org.kemo.api.Old.gone()'");
                },
                "plugins",
                "list",
                "--json");

        assertThat(exitCode).isEqualTo(1);
        assertThat(json().path("error").path("category").asString()).isEqualTo("fault");
        assertThat(json().path("error").path("problem").asString())
                .isEqualTo("Kemo failed: java.lang.NoSuchMethodError: 'void org.kemo.api.Old.gone()'.");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void refusesToRunNoTrialAtOnce() {
        assertThat(run("ablate", "--config", "absent.yaml", "--out", "out", "--side-by-side", "0"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: With --side-by-side [0] no trial would run.");
    }

    @Test
    void saysHowAnOverrideOfWhatAnAblationTrainsIsWritten() {
        for (String override : List.of("train.stages.text.epochs=1", "fusion={type: static}", "labels.space=[a, b]")) {
            err.getBuffer().setLength(0);
            assertThat(run("ablate", "--config", "absent.yaml", "--out", "out", "--set", override))
                    .as(override)
                    .isEqualTo(2);
            assertThat(err.toString())
                    .startsWith("kemo: The override [" + override + "] is of what an ablation trains")
                    .contains("Write set." + override + " for all variants that do not say it themselves")
                    .contains("variants.NAME.set." + override + " for one.");
        }
    }

    @Test
    void takesWordsThatBeginWithAnAtForThemselvesWhateverFilesThereAre() throws IOException {
        String words = "@" + Files.writeString(folder.resolve("words"), "fusion");

        assertThat(run("describe", words)).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: There is no kind of component [" + words + "].");
    }

    @Test
    void refusesToWarmUpLessThanNever() {
        assertThat(run("analyze", "x.wav", "--warm-up=-1")).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: With --warm-up [-1]");
    }

    @Test
    void saysThatItsOutputIsLost() {
        PrintWriter full = failing("No space left on device");

        assertThat(run(full, this::home, "plugins", "list", "--json")).isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: Standard output cannot be written to the end.");
    }

    @Test
    void saysNothingWhereAReaderHasReadEnough() {
        PrintWriter unread = failing("Broken pipe");

        assertThat(run(unread, this::home, "plugins", "list", "--json")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private static PrintWriter failing(String why) {
        return new PrintWriter(
                new StandardOutput(new OutputStream() {
                    @Override
                    public void write(int bits) throws IOException {
                        throw new IOException(why);
                    }
                }),
                false,
                StandardCharsets.UTF_8);
    }

    @Test
    void refusesAnOverrideOfWhatACommandDoesNotRead() {
        List<List<String>> commands = List.of(
                List.of("analyze", "x.wav"),
                List.of("evaluate", "--data", "{type: ravdess, root: x}"),
                List.of("models"),
                List.of("models", "list"),
                List.of("models", "export", "--model", "x", "--out", "y"),
                List.of("plugins"),
                List.of("plugins", "list"),
                List.of("plugins", "new", "mine"),
                List.of("describe"));
        for (List<String> command : commands) {
            err.getBuffer().setLength(0);
            assertThat(run(with(new String[] {"--set", "fusion.type=static"}, command.toArray(String[]::new))))
                    .as(command.toString())
                    .isEqualTo(2);
            assertThat(err.toString())
                    .startsWith(
                            "kemo: The override [fusion.type=static] changes nothing here, where only [host] is read.");
        }
        assertThat(run("plugins", "list", "--set", "host.plugins.disabled=[]")).isZero();
    }

    @Test
    void saysWhichCommandsReadThePartHostAlone() {
        assertThat(run("analyze", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("analyze, evaluate, models, plugins and describe read its part host alone");
    }

    @Test
    void takesTheOptionsOfASubcommandBeforeAndBehindItsName() throws IOException {
        plugin("extra").pack(Files.createDirectories(folder.resolve("more")));
        Files.writeString(folder.resolve("host.yaml"), "host: {plugins: {folders: [more]}}\n");
        String override = "host.plugins.folders=[more]";
        List<List<String>> commands = List.of(
                List.of("plugins", "list", "--set", override),
                List.of("plugins", "--set", override, "list"),
                List.of("plugins", "list", "--config", "host.yaml"),
                List.of("plugins", "--config", "host.yaml", "list"),
                // The nearest to the subcommand's end counts last.
                List.of("plugins", "--set", "host.plugins.folders=[]", "list", "--set", override));
        for (List<String> command : commands) {
            out.getBuffer().setLength(0);
            assertThat(run(command.toArray(String[]::new)))
                    .as(command + " " + err)
                    .isZero();
            assertThat(out.toString()).as(command.toString()).contains("extra 1.0.0 enabled");
        }

        assertThat(run("models", "--set", "host.nonsense=1", "list")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no option [nonsense].");
        err.getBuffer().setLength(0);
        assertThat(run("plugins", "--config", "host.yaml", "list", "--config", "other.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("kemo: There are two configurations, [host.yaml] and [other.yaml].");
    }

    @Test
    void refusesToExportIntoTheFolderThatTheCommandRunsIn() {
        for (String here : List.of(".", "model/..", folder.toString())) {
            err.getBuffer().setLength(0);
            assertThat(run("models", "export", "--model", "model", "--out", here))
                    .as(here)
                    .isEqualTo(2);
            assertThat(err.toString()).contains("[" + folder + "] is the one that the command runs in");
        }
    }

    @Test
    void appliesEveryOverrideToTheModelWhoseConfigurationItShows() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(
                folder.resolve("model/kemo-model.yaml"),
                """
                format: 1
                configuration:
                  labels: {space: [low, high]}
                  modalities:
                    audio: {encoder: mean, labels: [low, high]}
                    text: {encoder: mean, labels: [low, high]}
                  fusion: {type: concat}
                """);

        assertThat(run("config", "--model", "model", "--set", "fusion.type=static", "modalities.audio.encoder=max"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "override [fusion.type=static] fusion.type: there is no component [static]",
                        "override [modalities.audio.encoder=max] modalities.audio.encoder.type: there is no component [max]",
                        "modalities.text.encoder.type: there is no component [mean]");
        err.getBuffer().setLength(0);
        assertThat(run("config", "--model", "model", "modalities.audio=off")).isEqualTo(2);
        assertThat(err.toString())
                .contains("The configuration has a mistake:", "modalities.text.encoder.type: there is no component");
    }

    @Test
    void refusesToShowTheConfigurationOfAModelThatItCannotRead() throws IOException {
        Files.createDirectories(folder.resolve("model"));

        assertThat(run("config", "--model", "model")).isEqualTo(4);
        assertThat(err.toString()).contains("is not a model: it has no kemo-model.yaml.");
        Files.writeString(folder.resolve("model/kemo-model.yaml"), "format: 2\nconfiguration: {}\n");
        assertThat(run("config", "--model", "model")).isEqualTo(4);
        assertThat(err.toString()).contains("has the format [2], and this Kemo reads [1].");
    }

    private int run(String... arguments) {
        return run(this::home, arguments);
    }

    private int run(Supplier<KemoHome> home, String... arguments) {
        return run(new PrintWriter(out), home, arguments);
    }

    private int run(PrintWriter printed, Supplier<KemoHome> home, String... arguments) {
        PrintWriter errors = new PrintWriter(err, true);
        return Kemo.run(List.of(arguments), printed, errors, new CommandContext(home, Map.of(), folder, errors));
    }

    private KemoHome home() {
        return new KemoHome(folder.resolve("home"), folder, folder.resolve("cache"), folder.resolve("user"));
    }

    private JsonNode json() {
        return new JsonMapper().readTree(out.toString());
    }
}

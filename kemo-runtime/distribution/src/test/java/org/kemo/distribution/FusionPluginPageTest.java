package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes through the page for authors of fusion strategies: a plugin of a new name, from nothing to its row in the table. */
class FusionPluginPageTest {
    static final Manual PAGE = new Manual(Project.root().resolve("examples/fusion-plugin/README.md"));

    @TempDir
    Path folder;

    @Test
    void everyStepOfThePageWorks() throws Exception {
        try (LocalRepository repository = LocalRepository.in(Files.createDirectory(folder.resolve("repository")));
                ProjectCopy kemo = ProjectCopy.in(Files.createDirectory(folder.resolve("kemo")))) {
            String begin = PAGE.commands().get(0);
            assertThat(begin).isEqualTo("kemo-runtime/bin/kemo plugins new my-fusion --folder ../my-fusion");
            assertThat(succeeds(kemo, begin)).contains("../my-fusion/pom.xml");

            Map<String, String> said = new LinkedHashMap<>();
            // From here on the page goes on in the new plugin's own words.
            for (String command : new Manual(folder.resolve("my-fusion/README.md")).commands()) {
                if (command.startsWith("mvn ") && command.endsWith(" install")) {
                    // A build in the midst of this one would pull the modules from under its feet.
                    assertThat(command).contains(" -pl kemo-api,kemo-runtime,plugins/torch -am ");
                    installIn(repository);
                } else {
                    said.put(words(command), succeeds(kemo, offline(command, repository)));
                }
            }

            assertThat(said.keySet())
                    .containsExactly(
                            "mvn -q -f", "cp", "plugins check", "plugins list", "describe fusion", "ablate --config");
            assertThat(said.get("plugins check")).startsWith("All plugins are whole.");
            assertThat(said.get("plugins list")).contains("my-fusion 0.1.0 enabled: fusion my-fusion");
            assertThat(said.get("describe fusion")).contains("sharpest", "default 2");
            assertThat(said.get("ablate --config")).contains("fusion.type=my-fusion ", "fusion.type=static ");
            assertThat(folder.resolve("my-fusion/ablation/report.html"))
                    .content()
                    .contains("fusion.type=my-fusion");
        }
    }

    @Test
    void aNewPluginIsTheExampleUnderItsName() throws Exception {
        Kemo kemo = Kemo.in(folder).quick();
        Run same = kemo.run("plugins", "new", "logarithmic-pool", "--folder", "same", "--json");
        Run other = kemo.run("plugins", "new", "loudest-wins", "--package", "kz.sound.loud", "--folder", "other");
        // A folder of that name, in which that of the example stands.
        Run longer = kemo.run("plugins", "new", "weighted-logarithmic-pool");

        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(longer.exitCode()).as(longer.err()).isZero();
        Map<String, String> example = texts(PAGE.file().getParent());
        Map<String, String> copy = texts(folder.resolve("same"));
        assertThat(same.json().path("files")).map(file -> file.asString()).containsExactlyElementsOf(copy.keySet());
        assertThat(example.remove("README.md").replace("examples/fusion-plugin", "same"))
                .endsWith(copy.remove("README.md").replace("# logarithmic-pool\n", ""));
        assertThat(copy).isEqualTo(example);
        assertThat(texts(folder.resolve("other")))
                .containsKey("src/main/java/kz/sound/loud/LoudestWinsFusion.java")
                .allSatisfy((file, text) -> assertThat(file + text)
                        .doesNotContain("LogarithmicPool", "logarithmic-pool", "org.example.", "examples/"));
        assertThat(folder.resolve("weighted-logarithmic-pool/README.md"))
                .content()
                .contains(
                        "mvn -q -f weighted-logarithmic-pool/pom.xml package",
                        "cp weighted-logarithmic-pool/target/weighted-logarithmic-pool-0.1.0-plugin.zip")
                .doesNotContain("weighted-weighted");
    }

    @Test
    void refusesANameThatIsTakenOrNone() throws Exception {
        Files.createDirectory(folder.resolve("mine"));

        assertRefused("The name [static] is that of the plugin [static] in [", "static");
        assertRefused("The name [dynamic-gated] is that of the plugin [", "dynamic-gated", "--folder", "x");
        assertRefused("The name of the plugin is [MyFusion].", "MyFusion");
        assertRefused("The package [org.example.switch] is none that Java takes.", "switch");
        assertRefused("The package [kz.1] is none that Java takes.", "mine-too", "--package", "kz.1");
        assertRefused("There is a folder [" + folder.resolve("mine") + "] already.", "mine");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private void assertRefused(String problem, String... arguments) throws IOException, InterruptedException {
        Run run = Kemo.in(folder)
                .quick()
                .run(Stream.concat(Stream.of("plugins", "new"), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("kemo: " + problem);
    }

    private static void installIn(LocalRepository repository) throws IOException {
        repository.install("kemo", Project.root());
        repository.install("kemo-api", Project.root().resolve("kemo-api"));
        repository.install("kemo-runtime", Project.root().resolve("kemo-runtime"));
        repository.install("kemo-plugin", Project.root().resolve("plugins"));
        repository.install("torch", Project.root().resolve("plugins/torch"));
    }

    /** Whatever the plugin's build needs, this build has needed, too. */
    private static String offline(String command, LocalRepository repository) {
        return command.startsWith("mvn ")
                ? "mvn -o -B -Dmaven.repo.local=" + repository.folder() + command.substring("mvn".length())
                : command;
    }

    /** What a command is called: its first words that are no path. */
    private static String words(String command) {
        List<String> words = Stream.of(command.split(" "))
                .filter(word -> !word.contains("=") && !word.endsWith("/kemo"))
                .toList();
        return String.join(
                " ",
                words.subList(0, words.get(0).equals("cp") ? 1 : words.get(0).equals("mvn") ? 3 : 2));
    }

    private static String succeeds(ProjectCopy kemo, String command) throws IOException, InterruptedException {
        Run run = kemo.run(command);
        assertThat(run.exitCode()).as(command + "\n" + run.out() + run.err()).isZero();
        assertThat(run.err()).doesNotContain("kemo: ", "ERROR");
        return run.out();
    }

    /** Files by their path, sorted; what a build made is none of them. */
    private static Map<String, String> texts(Path of) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = of.relativize(file).toString();
                if (!name.startsWith("target/") && !name.startsWith("ablation/")) {
                    texts.put(name, Files.readString(file));
                }
            }
        }
        return texts;
    }
}

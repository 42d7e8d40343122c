package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Does what the pages for people say, line by line: in a folder that looks like the project, with small data of the layout that they
 * ask for in the place of {@code DIR}, and with trainings of one epoch.
 */
class ManualTest {
    private static final Pattern KEMO = Pattern.compile("([A-Z_]+=\\S+ )*kemo-runtime/bin/kemo (?<command>[a-z]+).*");
    private static final Pattern WRITTEN = Pattern.compile("(--out|--plot) (?<file>\\S+)");
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    /** What the README calls the kinds of components. */
    private static final Map<String, String> KINDS = Map.of(
            "preprocessors", "preprocessor",
            "features", "feature",
            "encoders", "encoder",
            "fusion strategies", "fusion",
            "data set readers", "dataset",
            "the training engine", "training");

    /** The file that the README's program in Java is put into. */
    private static final String FILE = "Program.java";

    @TempDir
    Path folder;

    @AfterEach
    void removeTheLink() throws IOException {
        new ProjectCopy(folder).close();
    }

    @TestFactory
    Stream<DynamicContainer> everyCommandWorks() throws IOException {
        ProjectCopy project = ProjectCopy.in(folder);
        return Manual.all().stream()
                .filter(manual -> !manual.equals(FusionPluginPageTest.PAGE))
                .map(manual -> DynamicContainer.dynamicContainer(
                        manual.toString(),
                        manual.commands().stream()
                                .filter(command -> !command.startsWith("mvn ") && !command.endsWith(FILE))
                                .map(command -> DynamicTest.dynamicTest(command, () -> works(command, project)))));
    }

    @Test
    void thePagesThatAreKnownAreRead() throws IOException {
        assertThat(Manual.all())
                .map(Manual::toString)
                .contains("README.md", "kemo-runtime/README.md", "config/models/kemo-small/README.md");
        assertThat(Manual.all().get(0).commands())
                .anySatisfy(command -> assertThat(command).startsWith("mvn "))
                .contains("kemo-runtime/bin/kemo demo");
    }

    @Test
    void theTestCommandIsThatOfContinuousIntegration() throws IOException {
        List<String> maven = Manual.all().get(0).commands().stream()
                .filter(command -> command.startsWith("mvn "))
                .toList();

        assertThat(maven).containsExactly("mvn verify");
        assertThat(Files.readAllLines(Project.root().resolve(".ci/run")))
                .last()
                .isEqualTo("mvn --batch-mode --no-transfer-progress verify");
    }

    @Test
    void theComponentsThatTheReadmeListsAreThoseThatThereAre() throws Exception {
        Map<String, Set<String>> there = new TreeMap<>();
        JsonNode described = Kemo.in(folder).run("describe", "--json").json();
        for (JsonNode kind : described.path("kinds")) {
            Set<String> names = new TreeSet<>();
            kind.path("components")
                    .forEach(component -> names.add(component.path("name").asString()));
            if (!names.isEmpty()) {
                there.put(kind.path("kind").asString(), names);
            }
        }
        String page = String.join(" ", Manual.all().get(0).lines());

        Map<String, Set<String>> listed = new TreeMap<>();
        KINDS.forEach((words, kind) -> {
            Matcher list = Pattern.compile("\\b" + words + " \\(([^)]*)\\)").matcher(page);
            assertThat(list.find()).as(words).isTrue();
            listed.put(
                    kind,
                    NAME.matcher(list.group(1))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        });

        assertThat(listed).isEqualTo(there);
    }

    @Test
    void theProgramOfTheReadmeAnswers() throws Exception {
        ProjectCopy project = ProjectCopy.in(folder);
        Manual readme = Manual.all().get(0);
        Wav sound = new Wav(16_000, 16);
        sound.write(folder.resolve("clip.wav"), sound.tone(200, 1));
        Files.write(folder.resolve(FILE), readme.java());
        String command = readme.commands().stream()
                .filter(each -> each.endsWith(FILE))
                .findFirst()
                .orElseThrow();

        // The Java that runs this test, which need not be the first on the PATH.
        Run run = project.run(command.replaceFirst("\\bjava ", "\"\\$JAVA_HOME/bin/java\" "));

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).matches("(neutral|angry|happy|sad|scared|surprised) \\{neutral=\\d.*}\\R");
        assertThat(run.err()).contains("No SLF4J providers were found");
    }

    private void works(String written, ProjectCopy project) throws IOException, InterruptedException {
        assertThat(written).as("a command that this test knows").matches(KEMO);
        Run run = project.run(written);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("kemo: ", "WARN", "ERROR");
        assertThat(run.out()).isNotBlank();
        if (written.contains(" --json")) {
            assertThat(run.json().isObject()).isTrue();
        }
        file(WRITTEN, written)
                .ifPresent(file -> assertThat(folder.resolve(file)).exists());
        if (written.endsWith(" demo")) {
            assertThat(folder.resolve("kemo-demo.html")).isNotEmptyFile();
        }
    }

    /** The file that an option names. */
    private static Optional<String> file(Pattern option, String command) {
        Matcher matcher = option.matcher(command);
        return matcher.find() ? Optional.of(matcher.group("file")) : Optional.empty();
    }
}

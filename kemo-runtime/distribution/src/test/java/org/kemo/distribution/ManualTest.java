package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the pages for people say, line by line: in a folder that looks like the project, with small data of the layout that they
 * ask for in the place of {@code DIR}, and with trainings of one epoch.
 */
class ManualTest {
    private static final Pattern KEMO = Pattern.compile("([A-Z_]+=\\S+ )*kemo-runtime/bin/kemo (?<command>[a-z]+).*");
    private static final Pattern WRITTEN = Pattern.compile("(--out|--plot) (?<file>\\S+)");

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
                                .filter(command -> !command.startsWith("mvn "))
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

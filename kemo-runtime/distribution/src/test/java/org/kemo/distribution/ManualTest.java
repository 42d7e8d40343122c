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
    private static final Pattern DATA_FOLDER = Pattern.compile("\\bDIR\\b");

    @TempDir
    Path folder;

    @AfterEach
    void removeTheLink() throws IOException {
        Files.deleteIfExists(folder.resolve("kemo-runtime"));
    }

    @TestFactory
    Stream<DynamicContainer> everyCommandWorks() throws IOException {
        prepareTheFolder();
        return Manual.all().stream()
                .map(manual -> DynamicContainer.dynamicContainer(
                        manual.toString(),
                        manual.commands().stream()
                                .filter(command -> !command.startsWith("mvn "))
                                .map(command -> DynamicTest.dynamicTest(command, () -> works(command)))));
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

    private void prepareTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("kemo-runtime"), Project.root().resolve("kemo-runtime"));
        copy(Project.root().resolve("examples"), folder.resolve("examples"));
        // The model that ships is trained again, into this copy, in which trainings are short.
        copy(Project.root().resolve("config"), folder.resolve("config"));
        for (Path file : Project.list(folder.resolve("config")).toList()) {
            if (file.toString().endsWith(".yaml")) {
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replaceAll("epochs: \\d+", "epochs: 1")
                                .replaceAll("pairs: \\d+", "pairs: 24"));
            }
        }
        ToyData.ofTheSmallModel(folder.resolve("data"));
    }

    private void works(String written) throws IOException, InterruptedException {
        assertThat(written).as("a command that this test knows").matches(KEMO);
        String command =
                DATA_FOLDER.matcher(written).replaceAll(folder.resolve("data").toString());

        Run run = Run.of(Path.of("/bin/sh"), folder, Kemo.in(folder).quick().variables(), "-c", command);

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

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

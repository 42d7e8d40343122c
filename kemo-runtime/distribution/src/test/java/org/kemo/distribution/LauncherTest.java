package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a small project of its own, with a Maven and a Java that only write down how they were called. */
class LauncherTest {
    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            printf '%s|' "$PWD" "$@" >>"$CALLS/maven"; echo >>"$CALLS/maven"
            [ -z "${SLOW:-}" ] || sleep 1
            cd kemo-runtime/distribution/target
            rm -rf kemo
            [ -z "${BROKEN:-}" ] || { echo "[ERROR] no"; exit 1; }
            mkdir -p kemo/{modules,lib}
            [[ "$*" != *gpu* ]] || touch kemo/modules/onnxruntime_gpu-1.jar
            touch kemo/lib/{a,b}.jar kemo/built
            """;

    private static final String JAVA =
            """
            #!/usr/bin/env bash
            printf '%s\\n' "$PWD" "$@"
            exit 7
            """;

    @TempDir
    Path folder;

    private Path project;
    private Path launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeAProjectInAFolderWithASpace() throws IOException {
        project("my project");
        executable(folder.resolve("tools/mvn"), MAVEN);
        java("17.0.1");
        environment.put("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
        environment.put("CALLS", folder.toString());
    }

    private void project(String name) throws IOException {
        project = folder.toRealPath().resolve(name);
        launcher = executable(project.resolve("kemo-runtime/bin/kemo"), Files.readString(Project.launcher()));
        source("README.md");
        source("pom.xml");
        source("kemo-api/src/main/java/A.java");
        source("kemo-api/src/test/java/ATest.java");
        source("config/kemo-small.yaml");
    }

    @Test
    void buildsOnFirstUseAndThenOnlyWhereSomethingIsNewer() throws Exception {
        Run first = kemo("analyze", "a b.wav");
        assertThat(first.err()).startsWith("kemo: building");
        assertThat(builds())
                .singleElement()
                .asString()
                .startsWith(project + "|")
                .contains("|package|");

        assertThat(kemo("analyze").err()).isEmpty();
        assertThat(builds()).hasSize(1);

        changeLater("kemo-api/src/test/java/ATest.java");
        changeLater("config/kemo-small.yaml");
        kemo("analyze");
        assertThat(builds()).hasSize(1);

        changeLater("kemo-api/src/main/java/A.java");
        kemo("analyze");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhereASourceIsGone() throws Exception {
        source("kemo-api/src/main/java/B.java");
        kemo("analyze");
        Files.delete(project.resolve("kemo-api/src/main/java/B.java"));
        later(project.resolve("kemo-api/src/main/java"));

        kemo("analyze");

        assertThat(builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".kemo", "src/main/kemo", "src/test", "target"})
    void tellsWhatIsNewerWhateverTheFoldersAboveAreCalled(String name) throws Exception {
        project(name);
        kemo("analyze");

        changeLater("README.md");
        kemo("analyze");
        assertThat(builds()).hasSize(1);

        changeLater("kemo-api/src/main/java/A.java");
        kemo("analyze");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void doesNotBuildWhereItIsToldNeverTo() throws Exception {
        kemo("analyze");
        changeLater("pom.xml");
        environment.put("KEMO_BUILD", "never");

        kemo("analyze");

        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsOnceWhereTwoStartAtTheSameTime() throws Exception {
        environment.put("SLOW", "yes");
        List<Run.Started> started = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            started.add(Run.start(launcher, folder, environment, "analyze"));
        }
        for (Run.Started each : started) {
            assertThat(each.end().exitCode()).isEqualTo(7);
        }

        assertThat(builds()).hasSize(1);
    }

    @Test
    void leavesABuildAloneThatAnotherRunsFrom() throws Exception {
        kemo("train");
        executable(folder.resolve("java-17.0.1/bin/java"), "#!/usr/bin/env bash\necho runs >&2\nexec sleep 300");
        Run.Started training = Run.start(launcher, folder, environment, "train");
        try {
            training.await("runs");
            java("21.0.1");
            changeLater("kemo-api/src/main/java/A.java");

            Run run = kemo("analyze");

            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.err()).startsWith("kemo: another Kemo runs from this build");
            assertThat(builds()).hasSize(1);
        } finally {
            training.kill();
        }
        kemo("analyze");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void saysThatABuildHasFailedAndRunsNothing() throws Exception {
        environment.put("BROKEN", "yes");

        Run run = kemo("analyze");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("[ERROR] no").contains("The build failed");
    }

    @Test
    void buildsForCudaAgainWhatWasBuiltForIt() throws Exception {
        environment.put("KEMO_BUILD_OPTIONS", "-Pgpu");
        kemo("analyze");
        environment.remove("KEMO_BUILD_OPTIONS");
        changeLater("pom.xml");

        kemo("analyze");
        assertThat(builds()).last().asString().contains("|launch,gpu|");

        environment.put("BROKEN", "yes");
        kemo("analyze");
        environment.remove("BROKEN");
        kemo("analyze");
        assertThat(builds()).hasSize(4).last().asString().contains("|launch,gpu|");
    }

    @Test
    void buildsForCudaNoMoreOnceAnotherBuildStandsThere() throws Exception {
        environment.put("KEMO_BUILD_OPTIONS", "-Pgpu");
        kemo("analyze");
        environment.remove("KEMO_BUILD_OPTIONS");
        changeLater("pom.xml");
        kemo("analyze");
        Files.delete(project.resolve("kemo-runtime/distribution/target/kemo/modules/onnxruntime_gpu-1.jar"));

        kemo("analyze");

        assertThat(builds()).last().asString().contains("|launch|");
    }

    @Test
    void handsArgumentsFolderAndExitCodeThrough() throws Exception {
        Run run = kemo("analyze", "a b.wav", "", "*");

        assertThat(run.exitCode()).isEqualTo(7);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo(folder.toRealPath().toString());
        assertThat(lines)
                .endsWith("--module", "org.kemo.runtime/org.kemo.runtime.cli.Kemo", "analyze", "a b.wav", "", "*");
        Path home = project.resolve("kemo-runtime/distribution/target/kemo");
        assertThat(lines)
                .contains(
                        "-Dkemo.home=" + home,
                        "-Dkemo.project=" + project,
                        home.resolve("modules") + ":" + home.resolve("log"),
                        home.resolve("lib/a.jar") + ":" + home.resolve("lib/b.jar"));
    }

    @Test
    void isFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("k"), launcher);

        Run run = Run.of(link, folder, environment, "analyze");

        assertThat(run.out()).contains("-Dkemo.project=" + project);
    }

    @Test
    void givesEachJavaWhatItKnows() throws Exception {
        assertThat(kemo("analyze").out()).doesNotContain("--enable-native-access");

        java("25.0.2");
        assertThat(kemo("analyze").out()).contains("--enable-native-access");
    }

    @Test
    void refusesAJavaThatIsTooOld() throws Exception {
        java("11.0.2");

        Run run = kemo("analyze");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Kemo needs Java 17 or later").contains("is [11.0.2]");
    }

    @Test
    void namesAJavaHomeThatHoldsNoJava() throws Exception {
        environment.put("JAVA_HOME", "/nope");

        Run run = kemo("analyze");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("JAVA_HOME is [/nope]");
    }

    @Test
    void refusesAJavaThatDoesNotSayItsVersion() throws Exception {
        Files.delete(folder.resolve("java-17.0.1/release"));

        Run run = kemo("analyze");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("[" + folder.resolve("java-17.0.1/bin/java") + "] does not say which version of Java it is");
    }

    @Test
    void saysThatTheFolderIsGoneInWhichItIsStarted() throws Exception {
        Run run = Run.of(
                Path.of("bash"),
                Files.createDirectory(folder.resolve("gone")),
                environment,
                "-c",
                "rmdir ../gone && exec \"$0\" analyze",
                launcher.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("kemo: The folder that you are in does not exist any more");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void takesMoreOptionsForJavaFromTheEnvironment() throws Exception {
        environment.put("KEMO_JAVA_OPTIONS", "-Xmx3g -Da=b");

        assertThat(kemo("analyze").out().lines()).contains("-Xmx3g", "-Da=b");
    }

    @Test
    void setsWhatNativeLibrariesReadFromTheEnvironmentUnlessItIsSet() throws Exception {
        executable(folder.resolve("java-17.0.1/bin/java"), "#!/usr/bin/env bash\nenv");
        environment.put("GOMP_SPINCOUNT", "5");

        assertThat(kemo("analyze").out().lines())
                .contains(
                        "ORT_DISABLE_TELEMETRY=1",
                        "OPENBLAS_THREAD_TIMEOUT=4",
                        "GOMP_SPINCOUNT=5",
                        "GLIBC_TUNABLES=glibc.malloc.hugetlb=1");
    }

    @Test
    void keepsMemoryBetweenTheStepsOfATraining() throws Exception {
        executable(folder.resolve("java-17.0.1/bin/java"), "#!/usr/bin/env bash\nenv");
        assertThat(kemo("--json", "train").out().lines())
                .filteredOn(line -> line.startsWith("GLIBC_TUNABLES="))
                .singleElement()
                .asString()
                .startsWith("GLIBC_TUNABLES=glibc.malloc.hugetlb=1:")
                .contains(":glibc.malloc.mmap_max=0:", ":glibc.malloc.trim_threshold=", ":glibc.malloc.arena_max=1");

        environment.put("GLIBC_TUNABLES", "glibc.malloc.check=0");
        assertThat(kemo("train").out().lines()).contains("GLIBC_TUNABLES=glibc.malloc.check=0");
    }

    @Test
    void takesALocaleWithUtf8ThatIsAlwaysThereButOnMacOsWhereJavaNeedsNone() throws Exception {
        executable(folder.resolve("java-17.0.1/bin/java"), "#!/usr/bin/env bash\nenv");
        environment.put("LC_ALL", "kk_KZ.UTF-8");
        assertThat(kemo("analyze").out().lines()).contains("LC_ALL=C.UTF-8");

        executable(folder.resolve("tools/uname"), "#!/usr/bin/env bash\necho Darwin");
        assertThat(kemo("analyze").out().lines()).contains("LC_ALL=kk_KZ.UTF-8");
    }

    @Test
    void startsAShortCommandWithACollectorOfItsOwnUnlessAnotherIsAskedFor() throws Exception {
        assertThat(kemo("describe").out().lines()).contains("-XX:+UseSerialGC");

        environment.put("KEMO_JAVA_OPTIONS", "-XX:+UseZGC");
        assertThat(kemo("describe").out().lines()).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void tellsAShortCommandByItsNameWhateverOptionsStandBeforeIt() throws Exception {
        assertThat(kemo("--json", "describe").out().lines()).contains("-XX:TieredStopAtLevel=1");
        assertThat(kemo("--help").out().lines()).contains("-XX:TieredStopAtLevel=1");
        assertThat(kemo("--json", "train").out().lines()).doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void endsWhereItIsToldToAndLeavesNeitherAnArchiveNorJavaBehind(String signal, int exitCode) throws Exception {
        executable(
                folder.resolve("java-17.0.1/bin/java"),
                """
                #!/usr/bin/env bash
                for each in "$@"; do
                  case $each in
                    -XX:DumpLoadedClassList=*)
                      echo >"${each#*=}"
                      echo $$ >"$CALLS/java"
                      kill -%s "$PPID"
                      exec sleep 300 ;;
                  esac
                done
                echo ran
                """
                        .formatted(signal));

        // Where this test runs in the background, interrupts are ignored, and bash would leave it at that.
        Run run =
                Run.of(Path.of("env"), folder, environment, "--default-signal=HUP,INT", launcher.toString(), "analyze");

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(Project.list(home()))
                .noneMatch(file -> file.getFileName().toString().startsWith("classes-"));
        assertThat(ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("java")).strip())))
                .isEmpty();
    }

    @Test
    void removesWhatFirstStartsLeftThatWereKilled() throws Exception {
        kemo("analyze");
        Path left = Files.createFile(home().resolve("classes-1-2.jsa.99999999.list"));
        Path atWork = Files.createFile(
                home().resolve("classes-1-2.jsa." + ProcessHandle.current().pid()));

        kemo("analyze");

        assertThat(left).doesNotExist();
        assertThat(atWork).exists();
    }

    @Test
    void triesTheNextDayToMakeAnArchiveThatCouldNotBeMade() throws Exception {
        Path java = folder.resolve("java-17.0.1/bin/java");
        String dumps =
                """
                #!/usr/bin/env bash
                for each in "$@"; do
                  case $each in
                    -XX:SharedArchiveFile=*) echo "%s" >"${each#*=}" ;;
                  esac
                done
                exit %d
                """;
        executable(java, dumps.formatted("half", 1));
        kemo("analyze");
        Path archive = archives().get(0);
        assertThat(archive).isEmptyFile();

        executable(java, dumps.formatted("whole", 0));
        kemo("analyze");
        assertThat(archive).isEmptyFile();

        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        kemo("analyze");
        assertThat(archive).hasContent("whole");
    }

    @Test
    void keepsAnArchiveOfClassesForEachJavaAndItsOptions() throws Exception {
        kemo("analyze");
        kemo("analyze");
        assertThat(archives()).hasSize(1);

        Files.writeString(launcher, Files.readString(launcher).replace("java.se", "java.base"));
        kemo("analyze");
        assertThat(archives()).hasSize(2);

        java("25.0.2");
        kemo("analyze");
        assertThat(archives()).hasSize(3);
    }

    private Path home() {
        return project.resolve("kemo-runtime/distribution/target/kemo");
    }

    private Run kemo(String... arguments) throws IOException, InterruptedException {
        return Run.of(launcher, folder, environment, arguments);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("maven"));
    }

    private List<Path> archives() {
        return Project.list(home())
                .filter(file -> file.toString().endsWith(".jsa"))
                .toList();
    }

    private void java(String version) throws IOException {
        Path home = folder.resolve("java-" + version);
        executable(home.resolve("bin/java"), JAVA);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", home.toString());
    }

    /** A file that is older than any build. */
    private void source(String path) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        for (Path each = file; !each.equals(folder.toRealPath()); each = each.getParent()) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private void changeLater(String path) throws IOException {
        later(project.resolve(path));
    }

    private static void later(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}

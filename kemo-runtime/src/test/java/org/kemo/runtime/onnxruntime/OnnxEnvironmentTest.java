package org.kemo.runtime.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

class OnnxEnvironmentTest {
    private static final String REPORTS_OFF = "ORT_DISABLE_TELEMETRY";

    /** Makes the class ready, and no environment: nothing is reported to anyone. */
    static final class Loads {
        private Loads() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            Class.forName("org.kemo.runtime.onnxruntime.OnnxEnvironment");
        }
    }

    /** Finds the environment of somebody else. */
    static final class ComesSecond {
        private ComesSecond() {}

        public static void main(String[] arguments) {
            OrtEnvironment theirs = OrtEnvironment.getEnvironment();
            try {
                System.out.println(OnnxEnvironment.with(1, false) == theirs);
            } catch (KemoException e) {
                System.out.println(e.category() + " " + e.getMessage());
            }
        }
    }

    /** Finds its own environment, with other threads. */
    static final class ChangesItsMind {
        private ChangesItsMind() {}

        public static void main(String[] arguments) {
            OrtEnvironment first = OnnxEnvironment.with(1, false);
            for (int threads = 1; threads <= 3; threads++) {
                System.out.println(OnnxEnvironment.with(threads, true) == first);
            }
        }
    }

    /** Says what is wrong with the native libraries. */
    static final class IsRefused {
        private IsRefused() {}

        public static void main(String[] arguments) {
            try {
                OnnxEnvironment.with(1, false);
            } catch (KemoException e) {
                System.out.println(e.category() + " " + e.getMessage());
            }
        }
    }

    @Test
    void warnsOfALongCommandWhereReportsAreOn() throws Exception {
        assertThat(saysOf(Loads.class, false))
                .contains("The command line has [")
                .contains(REPORTS_OFF + "=1");
        assertThat(saysOf(Loads.class, true)).doesNotContain("The command line has [");
    }

    @Test
    void refusesTheEnvironmentOfSomebodyElse() throws Exception {
        assertThat(saysOf(ComesSecond.class, true))
                .startsWith("DEVICE ")
                .contains("[something else]", "Open Kemo's session pool before");
    }

    @Test
    void saysOnceThatOtherThreadsAreNotHeeded() throws Exception {
        assertThat(saysOf(ChangesItsMind.class, true).lines())
                .filteredOn(line -> !line.equals("true"))
                .singleElement()
                .asString()
                .contains("[1]", "[1, spinning] are not heeded");
    }

    @Test
    void namesAFolderWithoutTheLibrary(@TempDir Path folder) throws Exception {
        assertThat(saysOf(IsRefused.class, true, "-Donnxruntime.native.path=" + folder))
                .startsWith("DEVICE ")
                .contains("[" + folder + "]", System.mapLibraryName("onnxruntime"), "leave the option out");
    }

    @Test
    void saysWhyTheLibraryCannotBeLoaded(@TempDir Path folder) throws Exception {
        Path library = Files.writeString(folder.resolve(System.mapLibraryName("onnxruntime")), "no library");

        assertThat(saysOf(IsRefused.class, true, "-Donnxruntime.native.path=" + folder))
                .contains(
                        "DEVICE ONNX Runtime's native library cannot be loaded",
                        library.toString(),
                        "-Donnxruntime.native.path=DIR");
    }

    @Test
    void namesTheFolderForTemporaryFilesWhereItIsMissing(@TempDir Path folder) throws Exception {
        Path gone = folder.resolve("gone");

        assertThat(saysOf(IsRefused.class, true, "-Djava.io.tmpdir=" + gone))
                .contains(
                        "DEVICE ONNX Runtime's native library cannot be loaded: [java.",
                        "It makes a folder in [" + gone + "]",
                        "KEMO_JAVA_OPTIONS=-Djava.io.tmpdir=DIR");
    }

    private static String saysOf(Class<?> main, boolean reportsOff, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-Dlong=" + "a".repeat(4000), "-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(REPORTS_OFF);
        if (reportsOff) {
            builder.environment().put(REPORTS_OFF, "1");
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}

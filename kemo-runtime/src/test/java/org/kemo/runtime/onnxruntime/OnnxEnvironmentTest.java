package org.kemo.runtime.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxEnvironmentTest {
    private static final String REPORTS_OFF = "ORT_DISABLE_TELEMETRY";

    /** Makes the class ready, and no environment: nothing is reported to anyone. */
    static final class Loads {
        private Loads() {}

        public static void main(String[] arguments) throws ClassNotFoundException {
            Class.forName("org.kemo.runtime.onnxruntime.OnnxEnvironment");
        }
    }

    @Test
    void warnsOfALongCommandWhereReportsAreOn() throws Exception {
        assertThat(saysOf(false)).contains("The command line has [").contains(REPORTS_OFF + "=1");
        assertThat(saysOf(true)).doesNotContain("The command line has [");
    }

    private static String saysOf(boolean reportsOff) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlong=" + "a".repeat(4000),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loads.class.getName())
                .redirectErrorStream(true);
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

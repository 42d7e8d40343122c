package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The built distribution, started as a process.
 *
 * @param java that runs it
 * @param folder where it is started, which also holds the account's own configuration
 * @param environment more variables
 */
record Kemo(JavaHome java, Path folder, Map<String, String> environment) {
    /** With the Java that runs this test. */
    static Kemo in(Path folder) throws IOException {
        return new Kemo(JavaHome.own(), folder, Map.of());
    }

    /** Without the optimising compiler, which would take half of the time of a short run; the bits are the same. */
    Kemo quick() {
        return with("KEMO_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    }

    Kemo with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Kemo(java, folder, more);
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    Run.Started start(String... arguments) throws IOException {
        return Run.start(Project.launcher(), folder, variables(), arguments);
    }

    /** All variables of the process but for those that it inherits. */
    Map<String, String> variables() throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "JAVA_HOME", java.folder().toString(),
                "KEMO_BUILD", "never",
                "KEMO_JAVA_OPTIONS", "",
                "XDG_CACHE_HOME",
                        Project.distribution().resolveSibling("test-cache").toString(),
                "XDG_CONFIG_HOME",
                        Files.createDirectories(folder.resolve("account")).toString()));
        variables.putAll(environment);
        return variables;
    }
}

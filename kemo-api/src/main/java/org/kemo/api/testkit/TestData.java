package org.kemo.api.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Data sets that tests read and that do not lie beside them. They are looked for in the folder that the environment variable {@code
 * KEMO_TEST_DATA} names, or, where it is not set, in the one that the build names by the system property {@code kemo.test.data}.
 */
public final class TestData {
    private static final String VARIABLE = "KEMO_TEST_DATA";

    private TestData() {}

    /**
     * A file or a folder of the data, by its path there. A test that asks for one that is not there is skipped and says so.
     *
     * @param path such as {@code ravdess16k/Actor_01}
     * @throws IllegalStateException where the variable names no folder by its whole path: tests are not skipped for a slip
     */
    public static Path at(String path) {
        return at(folder(Optional.ofNullable(System.getenv(VARIABLE))), path);
    }

    static Path folder(Optional<String> variable) {
        if (variable.isEmpty()) {
            return Path.of(System.getProperty("kemo.test.data", "")).toAbsolutePath();
        }
        Path folder = Path.of(variable.get());
        if (!folder.isAbsolute() || !Files.isDirectory(folder)) {
            throw new IllegalStateException(VARIABLE + " is [" + variable.get()
                    + "], which is no folder by its whole path. Every module is tested in a folder of its own.");
        }
        return folder;
    }

    static Path at(Path folder, String path) {
        Path data = folder.resolve(path);
        assumeTrue(
                Files.exists(data),
                () -> "There is no [" + data + "]: set " + VARIABLE + " to the folder that holds [" + path + "].");
        return data;
    }
}

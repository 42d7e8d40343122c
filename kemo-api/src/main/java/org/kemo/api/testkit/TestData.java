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
    private TestData() {}

    /**
     * A file or a folder of the data, by its path there. A test that asks for one that is not there is skipped and says so.
     *
     * @param path such as {@code ravdess16k/Actor_01}
     */
    public static Path at(String path) {
        Path folder = Path.of(Optional.ofNullable(System.getenv("KEMO_TEST_DATA"))
                .orElseGet(() -> System.getProperty("kemo.test.data", "")));
        Path data = folder.resolve(path).toAbsolutePath();
        assumeTrue(
                Files.exists(data),
                () -> "There is no [" + data + "]: set KEMO_TEST_DATA to the folder that holds [" + path + "].");
        return data;
    }
}

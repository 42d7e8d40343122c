package org.kemo.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesWhatStoodThereAndLeavesNothingAside() {
        Path file = folder.resolve("some").resolve("file");
        WholeFile.write(file, bytes("something older"));

        WholeFile.write(file, bytes("ne"), bytes("w"));

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void leavesNothingAsideWhereItFailsAndSaysWhy() throws IOException {
        Path file = folder.resolve("file");
        Files.createFile(Files.createDirectory(file).resolve("inside"));

        assertRefused(file, "FileSystemException");

        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
        assertRefused(file.resolve("inside").resolve("file"), "FileAlreadyExistsException");
    }

    @Test
    void mixesNothingWhereTwoWriteTheSameFile() throws Exception {
        Path file = folder.resolve("file");
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try {
            for (Future<Path> written : writers.invokeAll(List.of(writing(file, 1), writing(file, 2)))) {
                assertThat(written.get()).isRegularFile();
            }
        } finally {
            writers.shutdownNow();
        }

        byte[] content = Files.readAllBytes(file);
        assertThat(content).containsOnly(content[0]).hasSize(content[0] * 100_000);
        assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void refusesAPathWithoutAName() {
        assertRefused(folder.getRoot(), "names no file");
    }

    /** Many times, as many times 100,000 bytes as their value says. */
    private static Callable<Path> writing(Path file, int value) {
        byte[] content = new byte[value * 100_000];
        Arrays.fill(content, (byte) value);
        return () -> {
            for (int time = 0; time < 20; time++) {
                WholeFile.write(file, content);
            }
            return file;
        };
    }

    private static void assertRefused(Path file, String cause) {
        assertThatThrownBy(() -> WholeFile.write(file, bytes("text")))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("[" + file + "]")
                .hasMessageContaining(cause);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

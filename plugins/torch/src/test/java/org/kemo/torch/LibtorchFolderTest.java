package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With processes of their own: a library is loaded once in each. */
class LibtorchFolderTest {
    @TempDir
    private Path folder;

    @Test
    void unpacksAnewWhatAKilledProcessLeftCutOff() throws Exception {
        assertLoads();
        Path library = find("libtorch_cpu.so");
        long bytes = Files.size(library);

        assertLoads();
        assertThat(find("libtorch_cpu.so")).as("unpacked once").isEqualTo(library);

        // As a process leaves it that is killed while it unpacks.
        Files.delete(find("whole"));
        try (FileChannel channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
            channel.truncate(25_000_000);
        }
        assertLoads();
        assertThat(library).hasSize(bytes);
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> found = Files.walk(folder.resolve("cache"))) {
            return found.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private void assertLoads() throws Exception {
        Path output = folder.resolve("output.txt");
        int exitCode = JavaProcess.run(
                LoadsLibtorch.class, output, folder.resolve("cache").toString());

        assertThat(output).hasContent("2.0");
        assertThat(exitCode).isZero();
    }
}

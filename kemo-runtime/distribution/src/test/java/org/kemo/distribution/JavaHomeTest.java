package org.kemo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHomeTest {
    @TempDir
    Path folder;

    @Test
    void passesByAJavaThatIsTooOldForKemo() throws IOException {
        assertThat(new JavaHome(folder, 17).newer(List.of(java("1.8.0_412"), java("11.0.23"))))
                .isEmpty();
    }

    @Test
    void findsTheNewestAmongOthersAndFoldersWithoutJava() throws IOException {
        Path newest = java("25-ea");
        List<Path> folders = List.of(java("1.8.0_412"), java("21.0.3"), newest, java("24.0.1"), folder, java(""));

        assertThat(new JavaHome(folder, 17).newer(folders)).contains(new JavaHome(newest, 25));
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java =
                Files.writeString(Files.createDirectories(home.resolve("bin")).resolve("java"), "");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}

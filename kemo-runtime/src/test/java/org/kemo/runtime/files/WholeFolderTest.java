package org.kemo.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {
    @TempDir
    Path around;

    private Path folder;

    @BeforeEach
    void name() {
        folder = around.resolve("some").resolve("folder");
    }

    private static WholeFolder.Content text(String text) {
        return into -> Files.writeString(into.resolve("text"), text);
    }

    @Test
    void replacesWhatStoodThereAndLeavesNothingAside() throws IOException {
        WholeFolder.replace(folder, text("old"));
        Files.writeString(folder.resolve("more"), "more");

        WholeFolder.replace(folder, text("new"));

        assertThat(folder.resolve("text")).hasContent("new");
        assertThat(names(folder)).containsExactly("text");
        assertThat(names(folder.getParent())).containsExactly("folder");
    }

    @Test
    void replacesAFolderWhoseNameEndsWithDots() throws IOException {
        WholeFolder.replace(Files.createDirectories(folder).resolve("."), text("new"));
        assertThat(names(folder)).containsExactly("text");

        WholeFolder.replace(folder.resolve("inside").resolve(".."), text("newer"));
        assertThat(folder.resolve("text")).hasContent("newer");
        assertThat(names(folder.getParent())).containsExactly("folder");
    }

    @Test
    void canBeReadByThoseWhoCanReadTheFolderAroundIt() throws IOException {
        WholeFolder.replace(folder, text("text"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent())));
    }

    @Test
    void leavesWhatStoodThereWhereTheContentFails() throws IOException {
        WholeFolder.replace(folder, text("old"));

        assertThatThrownBy(() -> WholeFolder.replace(folder, into -> {
                    text("half").write(into);
                    throw new IOException("full");
                }))
                .hasMessage("full");

        assertThat(folder.resolve("text")).hasContent("old");
        assertThat(names(folder.getParent())).containsExactly("folder");
    }

    @Test
    void bringsBackWhatStoodThereWhereTheNewOneCannotTakeItsPlace() throws IOException {
        WholeFolder.replace(folder, text("old"));

        assertThatThrownBy(() -> WholeFolder.replace(folder, Files::delete)).isInstanceOf(NoSuchFileException.class);

        assertThat(folder.resolve("text")).hasContent("old");
        assertThat(names(folder.getParent())).containsExactly("folder");
    }

    @Test
    void removesWhatWasLeftAsideWhenAProcessWasKilled() throws IOException {
        for (String left : List.of(".folder.aside12", ".folder.aside34", ".folder.aside", ".other.aside12")) {
            text("half")
                    .write(Files.createDirectories(folder.resolveSibling(left).resolve("new")));
        }

        WholeFolder.replace(folder, text("text"));

        assertThat(names(folder.getParent())).containsExactlyInAnyOrder("folder", ".folder.aside", ".other.aside12");
        WholeFolder.removeAside(folder.getParent());
        assertThat(names(folder.getParent())).containsExactlyInAnyOrder("folder", ".folder.aside");
        WholeFolder.removeAside(around.resolve("nothing"));
    }

    @Test
    void bringsBackWhatHadMadeWayWhenAProcessWasKilled() throws IOException {
        text("old").write(Files.createDirectories(folder.resolveSibling(".folder.aside12/earlier")));

        assertThatThrownBy(() -> WholeFolder.replace(folder, into -> {
                    throw new IOException("full");
                }))
                .hasMessage("full");

        assertThat(folder.resolve("text")).hasContent("old");
        assertThat(names(folder.getParent())).containsExactly("folder");
    }

    @Test
    void removesAllFilesButThoseThatAreKept() throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("kept", "gone", "a/kept", "a/gone", "b/c/gone")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "");
        }
        Path elsewhere = Files.writeString(around.resolve("elsewhere"), "");
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);

        WholeFolder.retain(folder, Set.of(Path.of("kept"), Path.of("a/kept"))::contains);

        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.map(folder::relativize).map(Path::toString))
                    .containsExactlyInAnyOrder("", "kept", "a", "a/kept");
        }
        assertThat(elsewhere).exists();
        WholeFolder.retain(folder, file -> false);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void removesALinkAndNotWhatItLeadsTo() throws IOException {
        Path kept = Files.createDirectory(around.resolve("kept"));
        Files.writeString(kept.resolve("text"), "text");
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("link"), kept);

        WholeFolder.remove(folder);
        WholeFolder.remove(folder);
        Path dangling = Files.createSymbolicLink(around.resolve("dangling"), around.resolve("nothing"));
        WholeFolder.remove(dangling);

        assertThat(folder).doesNotExist();
        assertThat(Files.isSymbolicLink(dangling)).isFalse();
        assertThat(kept.resolve("text")).hasContent("text");
    }

    @Test
    void saysWhichFolderCannotBeRead() throws IOException {
        Path closed = Files.createDirectories(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeThat(Files.isReadable(closed))
                    .as("A superuser reads everything")
                    .isFalse();

            assertThatThrownBy(() -> WholeFolder.remove(folder))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining(closed.toString());
            assertThatThrownBy(() -> WholeFolder.retain(folder, file -> false))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining(closed.toString());
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

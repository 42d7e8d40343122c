package org.kemo.runtime.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSumsTest {
    /** FIPS 180-4's own example. */
    private static final String SUM_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void sumsBytesTextAndFilesAlike() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Sha256.of("abc")).isEqualTo(SUM_OF_ABC);
        assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(SUM_OF_ABC);
        assertThat(Sha256.of(file)).isEqualTo(SUM_OF_ABC);
        assertThat(FileSums.inMemory().of(file)).isEqualTo(SUM_OF_ABC);
    }

    @Test
    void seesThatAFileHasChangedThoughItsSizeHasNot() throws IOException {
        FileSums sums = FileSums.inMemory();
        Path file = Files.writeString(folder.resolve("file"), "before");
        String before = sums.of(file);

        Files.writeString(file, "behind");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(sums.of(file)).isNotEqualTo(before).isEqualTo(Sha256.of("behind"));
    }

    @Test
    void sumsAFolderByTheNamesAndTheContentsOfItsFilesWhereverItLies() throws IOException {
        Path here = Files.createDirectories(folder.resolve("here/inner"));
        Path there = Files.createDirectories(folder.resolve("there/inner"));
        for (Path each : List.of(here, there)) {
            Files.writeString(each.resolve("b"), "abc");
            Files.writeString(each.resolveSibling("a"), "a");
        }
        String sum = FileSums.inMemory().ofAll(here.getParent());

        assertThat(FileSums.inMemory().ofAll(there.getParent())).isEqualTo(sum);
        assertThat(FileSums.inMemory().ofAll(here.resolve("b"))).isEqualTo(SUM_OF_ABC);
        Files.writeString(here.resolve("b"), "abcd");
        assertThat(FileSums.inMemory().ofAll(here.getParent())).isNotEqualTo(sum);
        Files.move(there.resolve("b"), there.resolve("c"));
        assertThat(FileSums.inMemory().ofAll(there.getParent())).isNotEqualTo(sum);
    }

    @Test
    void keepsTheSumOfALargeFileForTheNextProcess() throws IOException {
        Path notes = folder.resolve("notes");
        Path file = large();
        FileSums.keptIn(notes).of(file);
        Path note = onlyFileIn(notes);
        assertThat(note).hasContent(Sha256.of(file));

        // Another sum in the note shows whether the note is read.
        Files.writeString(note, SUM_OF_ABC);

        assertThat(FileSums.keptIn(notes).of(file)).isEqualTo(SUM_OF_ABC);
    }

    @Test
    void readsTheFileWhereItsNoteIsDamaged() throws IOException {
        Path notes = folder.resolve("notes");
        Path file = large();
        FileSums.keptIn(notes).of(file);

        Files.writeString(onlyFileIn(notes), "ba78");

        assertThat(FileSums.keptIn(notes).of(file)).isEqualTo(Sha256.of(file));
    }

    @Test
    void remembersWhatItReadsAnew() throws IOException {
        Path notes = folder.resolve("notes");
        Path file = large();
        FileSums sums = FileSums.keptIn(notes);
        String before = sums.of(file);
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, time);
        assertThat(sums.of(file)).isEqualTo(before);

        assertThat(sums.anew().of(file)).isEqualTo(Sha256.of(file));

        assertThat(sums.of(file)).isEqualTo(Sha256.of(file));
        assertThat(FileSums.keptIn(notes).of(file)).isEqualTo(Sha256.of(file));
    }

    @Test
    void givesTheSumWhereItCannotBeKept() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        Path file = large();

        assertThat(FileSums.keptIn(notAFolder).of(file)).isEqualTo(Sha256.of(file));
    }

    @Test
    void leavesNothingBehindWhereANoteCannotBeWritten() throws IOException {
        Path notes = folder.resolve("notes");
        Path file = large();
        FileSums.keptIn(notes).of(file);
        Path note = onlyFileIn(notes);
        Files.delete(note);
        Files.createFile(Files.createDirectory(note).resolve("inside"));

        assertThat(FileSums.keptIn(notes).of(file)).isEqualTo(Sha256.of(file));

        assertThat(onlyFileIn(notes)).isEqualTo(note);
    }

    private Path large() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(33 << 20);
        }
        return file;
    }

    private static Path onlyFileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}

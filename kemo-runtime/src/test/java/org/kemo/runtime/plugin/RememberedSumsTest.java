package org.kemo.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedSumsTest {
    private static final String SUM = "a".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void knowsAnArchiveAgainUntilAnotherIsMovedOverIt() throws IOException {
        Path archive = Files.writeString(folder.resolve("a plugin.zip"), "old");
        Path other = Files.writeString(folder.resolve("other.zip"), "new");
        remember(RememberedSums.stamp(archive));
        assertThat(open().find(archive)).contains(SUM);

        Files.move(other, archive, StandardCopyOption.REPLACE_EXISTING);

        assertThat(open().find(archive)).isEmpty();
    }

    @Test
    void doesNotTakeAnArchiveForTheOneThatItWasMovedOverWhileThatWasSummed() throws IOException {
        Path archive = Files.writeString(folder.resolve("plugin.zip"), "old");
        Path other = Files.writeString(folder.resolve("other.zip"), "new");
        String stamp = RememberedSums.stamp(archive);
        Files.move(other, archive, StandardCopyOption.REPLACE_EXISTING);

        remember(stamp);

        assertThat(open().find(archive)).isEmpty();
    }

    @Test
    void goesOnWhereSumsCannotBeKept() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        RememberedSums sums = RememberedSums.forgotten(notAFolder.resolve("sums"));
        sums.put(RememberedSums.stamp(notAFolder), SUM);

        sums.save();

        assertThat(notAFolder).isEmptyFile();
    }

    private RememberedSums open() throws IOException {
        return RememberedSums.open(folder.resolve("sums"));
    }

    private void remember(String stamp) throws IOException {
        RememberedSums sums = open();
        sums.put(stamp, SUM);
        sums.save();
    }
}

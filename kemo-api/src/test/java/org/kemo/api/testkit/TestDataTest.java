package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class TestDataTest {
    @TempDir
    private Path folder;

    @Test
    void skipsATestWhoseDataAreNotThere() {
        assertThatThrownBy(() -> TestData.at(folder, "no-such-data/clip.wav"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-data/clip.wav]: set KEMO_TEST_DATA");
    }

    @Test
    void findsDataThatAreThere() throws IOException {
        Path clip = Files.createFile(folder.resolve("clip.wav"));

        assertThat(TestData.at(TestData.folder(Optional.of(folder.toString())), "clip.wav"))
                .isEqualTo(clip);
    }

    @Test
    void isToldAFolderByTheBuild() {
        assertThat(System.getProperty("kemo.test.data")).endsWith("/shared/data");
        assertThat(TestData.folder(Optional.empty())).isEqualTo(Path.of(System.getProperty("kemo.test.data")));
    }

    @Test
    void refusesAVariableThatNamesNoFolderByItsWholePath() {
        for (String slip : new String[] {"", "../data", folder + "/absent"}) {
            assertThatThrownBy(() -> TestData.folder(Optional.of(slip)))
                    .hasMessageContaining("KEMO_TEST_DATA is [" + slip + "]");
        }
    }
}

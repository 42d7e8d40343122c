package org.kemo.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class FileModelStoreTest {
    @TempDir
    private Path folder;

    @Test
    void findsAFolderByARelativeOrAnAbsolutePath() throws IOException {
        Path model = Files.createDirectories(folder.resolve("models/labse")).toRealPath();
        FileModelStore store = new FileModelStore(folder);

        assertThat(store.resolve("file:models/labse")).isEqualTo(model);
        assertThat(store.resolve("file:" + model)).isEqualTo(model);
    }

    @Test
    void saysWhereItLookedForAModelThatIsNotThere() {
        assertThatThrownBy(() -> new FileModelStore(folder).resolve("file:models/labse"))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("[file:models/labse]")
                .hasMessageContaining("[" + folder + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"labse", "hub:labse", "file:", "", "file:a\0b"})
    void refusesAReferenceThatNamesNoFile(String reference) {
        assertThatThrownBy(() -> new FileModelStore(folder).resolve(reference))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("[" + reference + "]");
    }
}

package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class TestDataTest {
    @Test
    void skipsATestWhoseDataAreNotThere() {
        assertThatThrownBy(() -> TestData.at("no-such-data/clip.wav"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-data/clip.wav]: set KEMO_TEST_DATA");
    }

    @Test
    void findsDataThatAreThere(@TempDir Path folder) {
        assertThat(TestData.at(folder.toString())).isEqualTo(folder);
    }
}

package org.kemo.runtime.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class PluginNamesTest {
    @Test
    void followFromTheId() {
        assertThat(names("loudest-wins"))
                .isEqualTo(new PluginNames("loudest-wins", "org.example.loudestwins", "LoudestWinsFusion"));
    }

    @Test
    void doNotSayFusionTwice() {
        assertThat(names("my-fusion").className()).isEqualTo("MyFusion");
        assertThat(names("fusion").className()).isEqualTo("FusionFusion");
    }

    @Test
    void takeThePackageThatIsGiven() {
        assertThat(PluginNames.of("switch", "Fusion", Optional.of("kz.sound")))
                .isEqualTo(new PluginNames("switch", "kz.sound", "SwitchFusion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "My-fusion", "2nd", "my_fusion", "my--fusion", "-my", "my-", "../my", "біз"})
    void refuseAnIdThatIsNone(String id) {
        assertThatThrownBy(() -> names(id))
                .isInstanceOf(KemoException.class)
                .hasMessageStartingWith("The name of the plugin is [" + id + "].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "static", "true"})
    void refuseAPackageThatIsNone(String id) {
        assertThatThrownBy(() -> names(id))
                .isInstanceOf(KemoException.class)
                .hasMessageStartingWith("The package [org.example." + id + "] is none that Java takes.");
    }

    @Test
    void renameTextsAndPaths() {
        PluginNames from = names("logarithmic-pool");
        PluginNames to = PluginNames.of("loudest-wins", "Fusion", Optional.of("kz.loud"));

        assertThat(from.renamed("src/org/example/logarithmicpool/LogarithmicPoolFusionTest.java", to))
                .isEqualTo("src/kz/loud/LoudestWinsFusionTest.java");
        assertThat(from.renamed("package org.example.logarithmicpool; // {@code logarithmic-pool}", to))
                .isEqualTo("package kz.loud; // {@code loudest-wins}");
    }

    private static PluginNames names(String id) {
        return PluginNames.of(id, "Fusion", Optional.empty());
    }
}

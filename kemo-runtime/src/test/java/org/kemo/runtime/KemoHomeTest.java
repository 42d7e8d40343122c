package org.kemo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

class KemoHomeTest {
    @TempDir
    private Path folder;

    @Test
    void liesInTheFolderThatTheEnvironmentNamesBeforeThatOfTheAccount() {
        Path named = folder.resolve("named");
        Path own = folder.resolve("own");

        assertThat(find(own.toString(), Map.of("HOME", named.toString())).cache())
                .isEqualTo(named.resolve(".cache/kemo"));
        assertThat(find(own.toString(), Map.of("HOME", "named")).userPlugins())
                .isEqualTo(own.resolve(".config/kemo/plugins"));
        assertThat(find(own.toString(), Map.of("HOME", named.toString(), "XDG_CACHE_HOME", folder.toString()))
                        .cache())
                .isEqualTo(folder.resolve("kemo"));
    }

    /** What Java says of an account that is not among the users of the machine. */
    @Test
    void makesNoFolderOfAnAccountThatHasNone() {
        Map<String, String> both = Map.of("XDG_CACHE_HOME", folder.toString(), "XDG_CONFIG_HOME", folder.toString());
        assertThat(find("?", both).userPlugins()).isEqualTo(folder.resolve("kemo/plugins"));

        assertThatThrownBy(() -> find("?", Map.of("XDG_CACHE_HOME", folder.toString())))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("[?]")
                .hasMessageContaining("Set HOME or XDG_CONFIG_HOME");
    }

    private KemoHome find(String account, Map<String, String> variables) {
        return KemoHome.find(
                Map.of(KemoHome.DISTRIBUTION_PROPERTY, folder.toString(), "user.home", account), variables);
    }
}

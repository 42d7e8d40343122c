package org.kemo.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;

class PluginInventoryTest {
    @TempDir
    private Path root;

    private PluginFolder plugins;

    @BeforeEach
    void packThree() {
        plugins = new PluginFolder(root);
        plugins.plugin("base").transcriber("base", "\"\"").pack(plugins.folder());
        plugins.plugin("above")
                .describe("plugin.dependencies", "base")
                .transcriber("above", "\"\"")
                .pack(plugins.folder());
        plugins.plugin("alone").transcriber("alone", "\"\"").pack(plugins.folder());
    }

    @Test
    void disablesAndEnablesForAllRunsToCome() {
        assertThat(plugins.inventory().disable("alone")).isTrue();
        assertThat(plugins.inventory().disable("alone")).isFalse();
        assertThat(state("alone")).isEqualTo(PluginInfo.State.DISABLED);
        try (PluginHost host = plugins.open()) {
            assertThat(host.names(ComponentKind.TRANSCRIBER)).containsExactly("above", "base");
        }

        assertThat(plugins.inventory().enable("alone")).containsExactly("alone");
        assertThat(plugins.inventory().enable("alone")).isEmpty();
        assertThat(state("alone")).isEqualTo(PluginInfo.State.ENABLED);
    }

    @Test
    void remembersWhatADisabledPluginBrings() {
        plugins.open().close();
        plugins.inventory().disable("alone");

        assertThat(plugins.inventory().list().get(1).components())
                .containsExactly(new ComponentName(ComponentKind.TRANSCRIBER, "alone"));
    }

    @Test
    void leavesOutWhatTheConfigurationDisablesBesideWhatWasDisabled() {
        plugins.inventory().disable("alone");

        try (PluginHost host = plugins.openWithout("above")) {
            assertThat(host.names(ComponentKind.TRANSCRIBER)).containsExactly("base");
        }
    }

    @Test
    void refusesToDisableWhatAnotherNeeds() {
        assertThatThrownBy(() -> plugins.inventory().disable("base"))
                .hasMessage("Plugin [base] is needed by [above]. Disable those first.");
    }

    @Test
    void enablesWhatAPluginNeedsWithIt() {
        plugins.inventory().disable("above");
        plugins.inventory().disable("base");

        assertThat(plugins.inventory().enable("above")).containsExactly("above", "base");
        assertThat(plugins.inventory().check()).isEmpty();
    }

    @Test
    void leavesAPluginDisabledThatTurnsOutToBeBroken() throws IOException {
        plugins.inventory().disable("alone");
        plugins.plugin("alone")
                .describe("plugin.requires", ">=9.0.0")
                .transcriber("alone", "\"\"")
                .pack(plugins.folder());
        String before = Files.readString(plugins.folder().resolve(PluginSettings.DISABLED_FILE));

        assertThatThrownBy(() -> plugins.inventory().enable("alone")).hasMessageContaining("needs kemo-api [>=9.0.0]");

        assertThat(plugins.folder().resolve(PluginSettings.DISABLED_FILE)).hasContent(before);
        assertThat(plugins.inventory().check()).isEmpty();
    }

    @Test
    void suggestsTheNearestNameForAPluginThatIsNotThere() {
        assertThatThrownBy(() -> plugins.inventory().enable("aloen"))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessage("There is no plugin [aloen]. Did you mean [alone]?");
        assertThatThrownBy(() -> plugins.inventory().disable("whisper"))
                .hasMessage("There is no plugin [whisper]. Known are [above, alone, base].");
    }

    @Test
    void refusesToEnableWhatTheConfigurationDisables() {
        PluginInventory inventory = new PluginInventory(plugins.settingsWithout("alone"), PluginFolder.services());

        assertThatThrownBy(() -> inventory.enable("alone"))
                .hasMessage("Plugin [alone] is disabled by the configuration. Take it out of [host.plugins.disabled]"
                        + " there.");
    }

    @Test
    void locksNothingWhereAPluginIsBroken() {
        plugins.plugin("bad")
                .describe("plugin.requires", ">=9.0.0")
                .transcriber("bad", "\"\"")
                .pack(plugins.folder());

        assertThatThrownBy(() -> plugins.inventory().lock()).hasMessageContaining("needs kemo-api [>=9.0.0]");
        assertThat(plugins.folder().resolve(PluginSettings.LOCK_FILE)).doesNotExist();
    }

    @Test
    void checkSeesThatAnArchiveWasExchangedBehindAnUnchangedStamp() throws IOException {
        plugins.inventory().lock();
        Path archive = plugins.folder().resolve("alone-1.0.0.zip");
        byte[] bytes = Files.readAllBytes(archive);
        var time = Files.getLastModifiedTime(archive);
        bytes[bytes.length - 30] ^= 1;
        Files.write(archive, bytes);
        Files.setLastModifiedTime(archive, time);

        assertThat(plugins.inventory().check()).isNotEmpty();
    }

    private PluginInfo.State state(String id) {
        return plugins.inventory().list().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}

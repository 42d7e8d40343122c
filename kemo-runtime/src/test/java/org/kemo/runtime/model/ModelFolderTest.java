package org.kemo.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.configuration.InvalidConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.SampleCatalog;

class ModelFolderTest {
    private static final byte[] NETWORK = {8, 9, 1, 2, 3};
    private static final ModelCard CARD = new ModelCard(
            ModelCard.FORMAT,
            Map.of(
                    "audio",
                    new ModelCard.ModalityCard(
                            15, List.of("loudness", "f0Range"), Map.of("mfcc", 2), Optional.of("ab12"))),
            Map.of(),
            new ModelCard.ParameterCount(12, 34),
            Map.of("audio", Map.of("validationAccuracy", 0.625)),
            new ModelCard.Provenance(
                    "0.1.0",
                    7,
                    Map.of("mfcc", "0.1.0 00ff"),
                    Map.of(
                            "audio",
                            new ModelCard.DataCard("tones", 8, 2, "ab12", List.of("Pairs of ${A} and $${B}.")))));

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        ModelFolder.write(
                folder,
                CARD,
                """
                seed: 7
                labels:
                  space: ['no', "1e3"]
                modalities:
                  audio:
                    encoder: {type: bilstm}
                    labels: ['no', "1e3"]
                """,
                NETWORK,
                Map.of("audio", new Standardisation(new float[] {1.5f}, new float[] {0.1f})));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        ModelFolder model = ModelFolder.read(folder, FileSums.inMemory());

        assertThat(model.card().modalities()).isEqualTo(CARD.modalities());
        assertThat(model.card().parameters()).isEqualTo(CARD.parameters());
        assertThat(model.card().metrics()).isEqualTo(CARD.metrics());
        assertThat(model.card().provenance()).isEqualTo(CARD.provenance());
        assertThat(model.card().files()).containsOnlyKeys("network.onnx", "normalisation.json");
        assertThat(Files.readAllBytes(model.network())).isEqualTo(NETWORK);
        assertThat(Files.readString(folder.resolve("normalisation.json")))
                .isEqualTo("{\"audio\":{\"mean\":[1.5],\"deviation\":[0.1]}}");
    }

    @Test
    void readsACardThatSaysNoVersions() throws IOException {
        alter("    versions:\n      mfcc: 2\n", "");

        assertThat(ModelFolder.read(folder, FileSums.inMemory())
                        .card()
                        .modalities()
                        .get("audio")
                        .versions())
                .isEmpty();
    }

    @Test
    void keepsLabelsThatLookLikeSomethingElseInYaml() throws IOException {
        assertThat(Files.readString(folder.resolve(ModelFolder.CARD)))
                .contains("\"no\"")
                .contains("\"1e3\"");
        assertThat(configuration().labels().space()).containsExactly("no", "1e3");
    }

    @Test
    void refusesACardThatIsCutOffInItsConfiguration() throws IOException {
        Path card = folder.resolve(ModelFolder.CARD);
        List<String> lines = Files.readAllLines(card);
        int begin = lines.indexOf("configuration:");
        int labels = lines.indexOf("      labels:");
        assertThat(begin).isPositive().isLessThan(labels);

        for (int end = begin + 2; end <= labels + 1; end++) {
            Files.write(card, lines.subList(0, end));
            assertThatThrownBy(this::configuration)
                    .as("up to %s", lines.get(end - 1))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageStartingWith("The card [" + card + "] cannot be read: ")
                    .hasMessageEndingWith("or train it again.");
        }
    }

    @Test
    void refusesACardWhoseConfigurationHasOtherModalities() throws IOException {
        alter("  modalities:\n    audio:", "  modalities:\n    speech:");

        assertThatThrownBy(this::configuration)
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining("its configuration has the modalities [speech], and the card [audio].");
    }

    @ParameterizedTest
    @CsvSource({
        "bilstn, there is no component [bilstn] of kind encoder.",
        "${ENCODER}, the environment variable [ENCODER] is not set."
    })
    void leavesItToThePersonToProvideWhatTheConfigurationNames(String encoder, String problem) throws IOException {
        alter("\"bilstm\"", "\"" + encoder + "\"");

        assertThatThrownBy(this::configuration)
                .isInstanceOfSatisfying(KemoException.class, e -> {
                    assertThat(e.category()).isEqualTo(KemoException.Category.CONFIGURATION);
                    assertThat(e.remedy()).startsWith("Provide what is not there, and leave the card");
                })
                .hasCauseInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(problem);
    }

    @Test
    void pointsToThePluginsOfTheCardWhereOneDoesNotKnowAnOption() throws IOException {
        alter("\"bilstm\"", "\"bilstm\"\n        depth: 3");

        assertThatThrownBy(this::configuration)
                .isInstanceOfSatisfying(KemoException.class, e -> {
                    assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN);
                    assertThat(e.remedy()).contains("use the plugins that its card names");
                })
                .hasMessageContaining(" modalities.audio.encoder.depth: there is no option [depth].");
    }

    private KemoConfiguration configuration() {
        return ModelFolder.read(folder, FileSums.inMemory())
                .configuration(new ConfigurationReader(new SampleCatalog(), Map.of()));
    }

    @Test
    void refusesAFolderWithoutACard() {
        assertRefused(folder.resolve("elsewhere"), "is not a model");
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelFolder.NETWORK, ModelFolder.NORMALISATION})
    void saysWhichFileIsMissing(String name) throws IOException {
        Files.delete(folder.resolve(name));

        assertRefused(folder, "lacks its file [" + name + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelFolder.NETWORK, ModelFolder.NORMALISATION})
    void saysWhichFileWasAltered(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(name), bytes);

        assertRefused(folder, "[" + folder.resolve(name) + "] was altered");
    }

    @Test
    void saysWhichFormatItReads() throws IOException {
        alter("format: 1", "format: 2");

        assertRefused(folder, "has the format [2], and this Kemo reads [1]");
    }

    @Test
    void doesNotLeaveItsFolderWhateverTheCardNames() throws IOException {
        Path outside = Files.writeString(folder.resolveSibling("outside-" + folder.getFileName()), "secret");
        try {
            alter("  network.onnx:", "  ../" + outside.getFileName() + ": \"00\"\n  network.onnx:");

            assertRefused(folder, "lacks its file [../" + outside.getFileName() + "]");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void refusesACardThatDoesNotSumTheNetwork() throws IOException {
        alter("  network.onnx:", "  another.onnx:");

        assertRefused(folder, "no sum of [network.onnx]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modalities:", "files:", "parameters:", "metrics:", "provenance:", "configuration:"})
    void refusesACardThatLacksAPart(String part) throws IOException {
        alter("\n" + part, "\nno" + part);

        assertRefused(folder, "[" + folder);
    }

    @Test
    void saysWhereACardWasAltered() throws IOException {
        alter("width: 15", "width: wide\n    hight: 3");

        assertRefused(folder, ModelFolder.CARD + ":5:12 modalities.audio.width: expected a whole number");
        assertRefused(folder, ModelFolder.CARD + ":6:5 modalities.audio.hight: there is no option [hight]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"format: [1", "", "7", "- format: 1", "format: 1\nformat: 1\nconfiguration: {}", "\u0000"})
    void refusesACardThatIsNoMapping(String yaml) throws IOException {
        Files.writeString(folder.resolve(ModelFolder.CARD), yaml);

        assertRefused(folder, "[" + folder);
    }

    private void alter(String from, String to) throws IOException {
        Path card = folder.resolve(ModelFolder.CARD);
        String before = Files.readString(card);
        String after = before.replace(from, to);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(card, after);
    }

    private static void assertRefused(Path folder, String what) {
        assertThatThrownBy(() -> ModelFolder.read(folder, FileSums.inMemory()))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                .hasMessageContaining(what);
    }
}

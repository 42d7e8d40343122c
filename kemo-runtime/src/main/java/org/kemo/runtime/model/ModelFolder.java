package org.kemo.runtime.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.ConfigurationDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A trained model on disk: {@value #CARD} (the card and the resolved configuration), {@value #NETWORK} and {@value
 * #NORMALISATION}. The card holds the SHA-256 sums of the other files, and nothing is used whose sum differs.
 */
public final class ModelFolder {
    /** The card. */
    public static final String CARD = "kemo-model.yaml";

    /** The network with its parameters. */
    public static final String NETWORK = "network.onnx";

    /** Mean and deviation of the features of each modality; the network holds them too. */
    public static final String NORMALISATION = "normalisation.json";

    private static final String CONFIGURATION = "configuration";
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final ModelCard card;
    private final JsonNode configuration;

    private ModelFolder(Path folder, ModelCard card, JsonNode configuration) {
        this.folder = folder;
        this.card = card;
        this.configuration = configuration;
    }

    /**
     * Reads the card and checks the other files against it.
     *
     * @throws KemoException category PLUGIN, where the folder is not a model or a file is missing or altered
     */
    public static ModelFolder read(Path folder) {
        Path file = folder.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The folder [" + folder + "] is not a model: it has no " + CARD + ".",
                    "Give the folder that kemo train wrote.");
        }
        try {
            if (!(YAML.readTree(file.toFile()) instanceof ObjectNode tree)) {
                throw unreadable(file, "it is no mapping");
            }
            JsonNode configuration = tree.remove(CONFIGURATION);
            if (configuration == null || tree.path("format").asInt(0) != ModelCard.FORMAT) {
                throw KemoException.plugin(
                        "The model [" + folder + "] has the format ["
                                + tree.path("format").asString("none") + "], and this Kemo reads [" + ModelCard.FORMAT
                                + "].",
                        "Train it again with this Kemo.");
            }
            for (String part : List.of("modalities", "files", "parameters", "metrics", "provenance")) {
                if (!tree.path(part).isObject()) {
                    throw unreadable(file, "it has no [" + part + "]");
                }
            }
            ModelFolder model = new ModelFolder(folder, YAML.treeToValue(tree, ModelCard.class), configuration);
            for (String name : List.of(NETWORK, NORMALISATION)) {
                if (!model.card.files().containsKey(name)) {
                    throw unreadable(file, "it has no sum of [" + name + "]");
                }
            }
            model.card.files().forEach(model::check);
            return model;
        } catch (JacksonException e) {
            throw unreadable(file, e.getOriginalMessage()).causedBy(e);
        }
    }

    private static KemoException unreadable(Path file, String why) {
        return KemoException.plugin(
                "The card [" + file + "] cannot be read: " + why + ".", "Restore the model folder, or train it again.");
    }

    /**
     * Writes a model folder; the card comes last, so that a folder with a card is whole.
     *
     * @param card whose sums are filled in here
     * @param configuration the resolved configuration, YAML
     */
    public static ModelFolder write(
            Path folder,
            ModelCard card,
            String configuration,
            byte[] network,
            Map<String, Standardisation> normalisation) {
        byte[] json = JSON.writeValueAsBytes(normalisation);
        WholeFile.write(folder.resolve(NETWORK), network);
        WholeFile.write(folder.resolve(NORMALISATION), json);
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put(NETWORK, sha256(network));
        sums.put(NORMALISATION, sha256(json));
        ModelCard whole = new ModelCard(
                card.format(), card.modalities(), sums, card.parameters(), card.metrics(), card.provenance());
        ObjectNode tree = YAML.valueToTree(whole);
        JsonNode resolved = YAML.readTree(configuration);
        tree.set(CONFIGURATION, resolved);
        WholeFile.write(folder.resolve(CARD), YAML.writeValueAsBytes(tree));
        return new ModelFolder(folder, whole, resolved);
    }

    /** What the card says. */
    public ModelCard card() {
        return card;
    }

    /** The resolved configuration. */
    public ConfigurationDocument configuration() {
        return ConfigurationDocument.ofText(
                YAML.writeValueAsString(configuration), folder.resolve(CARD).toString(), folder);
    }

    /** The ONNX file. */
    public Path network() {
        return folder.resolve(NETWORK);
    }

    private void check(String name, String sum) {
        Path whole = folder.toAbsolutePath().normalize();
        Path file = whole.resolve(name).normalize();
        if (!file.startsWith(whole) || !Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The model [" + folder + "] lacks its file [" + name + "].",
                    "Restore the model folder, or train it again.");
        }
        try {
            String found = sha256(Files.readAllBytes(file));
            if (!found.equals(sum)) {
                throw KemoException.plugin(
                        "The file [" + file + "] was altered: its SHA-256 is [" + found + "], not [" + sum + "].",
                        "Restore the model folder, or train it again.");
            }
        } catch (IOException e) {
            throw KemoException.plugin("The file [" + file + "] cannot be read.", "Check its permissions.")
                    .causedBy(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

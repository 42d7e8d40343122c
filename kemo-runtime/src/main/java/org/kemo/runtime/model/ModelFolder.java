package org.kemo.runtime.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.configuration.InvalidConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.plugin.ComponentCatalog;
import tools.jackson.core.type.TypeReference;
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

    private static final String FORMAT = "format";
    private static final String CONFIGURATION = "configuration";

    private final Path folder;
    private final ModelCard card;
    private final ConfigurationDocument configuration;

    private ModelFolder(Path folder, ModelCard card, ConfigurationDocument configuration) {
        this.folder = folder;
        this.card = card;
        this.configuration = configuration;
    }

    /**
     * Reads the card and checks the other files against it.
     *
     * @param sums of files; what runs the network asks for the same
     * @throws KemoException category PLUGIN, where the folder is not a model or a file is missing or altered
     */
    public static ModelFolder read(Path folder, FileSums sums) {
        ModelFolder model = ofCard(folder, document -> {
            ConfigurationDocument configuration = document.part(CONFIGURATION);
            ModelCard card = new ConfigurationReader(ComponentCatalog.empty(), Map.of())
                    .read(ModelCard.class, document.without(CONFIGURATION))
                    .value();
            return new ModelFolder(folder, card, configuration);
        });
        for (String name : List.of(NETWORK, NORMALISATION)) {
            if (!model.card.files().containsKey(name)) {
                throw unreadable(folder.resolve(CARD), "it has no sum of [" + name + "].");
            }
        }
        model.card.files().forEach((name, sum) -> model.check(name, sum, sums));
        return model;
    }

    /**
     * Reads the resolved configuration alone; the other files may be missing.
     *
     * @throws KemoException category PLUGIN, where the folder is not a model
     */
    public static ConfigurationDocument configuration(Path folder) {
        return ofCard(folder, document -> document.part(CONFIGURATION));
    }

    private static <T> T ofCard(Path folder, Function<ConfigurationDocument, T> part) {
        Path file = folder.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The folder [" + folder + "] is not a model: it has no " + CARD + ".",
                    "Give the folder that kemo train wrote.");
        }
        try {
            ConfigurationDocument document = ConfigurationDocument.ofFile(file);
            String format = document.text(FORMAT).orElse("none");
            if (!format.equals(Integer.toString(ModelCard.FORMAT))) {
                throw KemoException.plugin(
                        "The model [" + folder + "] has the format [" + format + "], and this Kemo reads ["
                                + ModelCard.FORMAT + "].",
                        "Train it again with this Kemo.");
            }
            return part.apply(document);
        } catch (KemoException e) {
            throw e.category() == KemoException.Category.CONFIGURATION
                    ? unreadable(file, e.problem().strip()).causedBy(e)
                    : e;
        }
    }

    private static KemoException unreadable(Path file, String why) {
        return KemoException.plugin(
                "The card [" + file + "] cannot be read: " + why, "Restore the model folder, or train it again.");
    }

    /**
     * Writes a model folder; the card comes last, so that a folder with a card is whole.
     *
     * @param card whose sums are filled in here
     * @param configuration the resolved configuration, YAML
     */
    public static void write(
            Path folder,
            ModelCard card,
            String configuration,
            byte[] network,
            Map<String, Standardisation> normalisation) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(normalisation);
        WholeFile.write(folder.resolve(NETWORK), network);
        WholeFile.write(folder.resolve(NORMALISATION), json);
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put(NETWORK, Sha256.of(network));
        sums.put(NORMALISATION, Sha256.of(json));
        ModelCard whole = new ModelCard(
                card.format(), card.modalities(), sums, card.parameters(), card.metrics(), card.provenance());
        YAMLMapper yaml = YAMLMapper.builder().build();
        // A card is read as a configuration is, where ${ begins the name of a variable.
        ObjectNode tree =
                (ObjectNode) yaml.readTree(yaml.writeValueAsString(whole).replace("${", "$${"));
        tree.set(CONFIGURATION, yaml.readTree(configuration));
        WholeFile.write(folder.resolve(CARD), yaml.writeValueAsBytes(tree));
    }

    /** What the card says. */
    public ModelCard card() {
        return card;
    }

    /**
     * The configuration that the model was trained with, made of the components of a reader; what only training needs is not looked at.
     *
     * @throws KemoException category PLUGIN, where it was altered or cut off; CONFIGURATION, where a component or an environment variable
     *     that it names is not there
     */
    public KemoConfiguration configuration(ConfigurationReader reader) {
        Path file = folder.resolve(CARD);
        KemoConfiguration whole = bound(reader, file);
        if (!whole.modalities().keySet().equals(card.modalities().keySet())) {
            throw unreadable(
                    file,
                    "its configuration has the modalities " + whole.modalities().keySet() + ", and the card "
                            + card.modalities().keySet() + ".");
        }
        return whole;
    }

    private KemoConfiguration bound(ConfigurationReader reader, Path file) {
        try {
            return reader.readWithoutTraining(configuration).value();
        } catch (KemoException e) {
            if (!(e.getCause() instanceof InvalidConfiguration mistakes)) {
                throw e;
            }
            throw mistakes.absencesOnly()
                    ? KemoException.configuration(
                                    e.problem(),
                                    "Provide what is not there, and leave the card as the model was trained; kemo plugins list"
                                            + " shows the components that there are.")
                            .causedBy(mistakes)
                    : KemoException.plugin(
                                    "The card [" + file + "] cannot be read: "
                                            + e.problem().strip(),
                                    "Restore the model folder, use the plugins that its card names, or train it again.")
                            .causedBy(e);
        }
    }

    /** The ONNX file. */
    public Path network() {
        return folder.resolve(NETWORK);
    }

    /** Mean and deviation of the features of each modality that is standardised, by name. */
    public Map<String, Standardisation> normalisation() {
        return JsonMapper.shared().readValue(folder.resolve(NORMALISATION), new TypeReference<>() {});
    }

    private void check(String name, String sum, FileSums sums) {
        Path whole = folder.toAbsolutePath().normalize();
        Path file = whole.resolve(name).normalize();
        if (!file.startsWith(whole) || !Files.isRegularFile(file)) {
            throw KemoException.plugin(
                    "The model [" + folder + "] lacks its file [" + name + "].",
                    "Restore the model folder, or train it again.");
        }
        try {
            String found = sums.of(file);
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
}

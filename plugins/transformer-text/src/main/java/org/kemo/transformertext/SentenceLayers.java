package org.kemo.transformertext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.ModelFiles;

/**
 * What stands behind the transformer: pooling, then Dense layers, then normalisation, as {@code modules.json} of
 * sentence-transformers lists them.
 *
 * @param pooling any but {@link Pooling#MODEL}
 * @param dense in order
 * @param normalize whether the vector is scaled to length 1 at the end
 * @param files that decide the answers, beside the transformer's
 * @param settings what other files say that decides them, where it is not the usual
 */
record SentenceLayers(
        Pooling pooling, List<DenseLayer> dense, boolean normalize, List<Path> files, List<String> settings) {
    /** The types of modules, as they may follow each other. */
    private static final List<String> ORDER = List.of("Transformer", "Pooling", "Dense", "Normalize");

    /** For models of which fetching them again makes no others. */
    private static final String ALIKE = "Name a model with modules of the types " + ORDER + " in this order.";

    private static final Map<String, Pooling> MODES =
            Map.of("cls", Pooling.CLS, "mean", Pooling.MEAN, "max", Pooling.MAX, "lasttoken", Pooling.LAST);

    /** As folders of sentence-transformers before version 6 say it. */
    private static final Map<String, Pooling> FLAGS = Map.of(
            "pooling_mode_cls_token",
            Pooling.CLS,
            "pooling_mode_mean_tokens",
            Pooling.MEAN,
            "pooling_mode_max_tokens",
            Pooling.MAX,
            "pooling_mode_lasttoken",
            Pooling.LAST);

    SentenceLayers {
        dense = List.copyOf(dense);
        files = List.copyOf(files);
        settings = List.copyOf(settings);
    }

    /**
     * Reads a folder; one without {@code modules.json} is a transformer alone.
     *
     * @param model whose pooling is not {@link Pooling#MODEL} where the folder's own is not wanted
     * @param input what is done to texts
     * @param width d of the hidden states
     * @throws KemoException category PLUGIN, where it lists something else, or in another order
     */
    static SentenceLayers read(Path folder, TextModel model, SentenceInput input, int width, ModelFiles files) {
        Optional<Pooling> pooling = model.pooling() == Pooling.MODEL ? Optional.empty() : Optional.of(model.pooling());
        List<DenseLayer> dense = new ArrayList<>();
        List<Path> read = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        boolean scaled = model.normalize();
        Path modules = folder.resolve("modules.json");
        if (model.layered() && !Files.isRegularFile(modules)) {
            throw KemoException.plugin(
                    "The model [" + model.reference() + "] has no [" + modules
                            + "], and is wrong without its last layers.",
                    "Use its files as sentence-transformers packs them.");
        }
        if (Files.exists(modules)) {
            int now = width;
            String before = ORDER.get(0);
            for (JsonFile module : JsonFile.readList(modules)) {
                String type = module.text("type").orElse("");
                String kind = type.substring(type.lastIndexOf('.') + 1);
                Path place = place(folder, module);
                if (ORDER.contains(kind) && ORDER.indexOf(kind) < ORDER.indexOf(before)) {
                    throw JsonFile.wrong(
                            modules, "lists a module of the type [" + type + "] behind [" + before + "]", ALIKE);
                }
                before = kind;
                switch (kind) {
                    case "Transformer" -> {}
                    case "Pooling" -> {
                        if (pooling.isEmpty()) {
                            pooling = Optional.of(pooling(JsonFile.read(place.resolve("config.json")), input));
                            // The mean is what a folder without modules has.
                            pooling.filter(each -> each != Pooling.MEAN)
                                    .ifPresent(each -> settings.add("pooling " + each));
                        }
                    }
                    case "Dense" -> {
                        DenseLayer layer = DenseLayer.read(place, now, files);
                        dense.add(layer);
                        read.add(DenseLayer.weights(place));
                        read.add(place.resolve("config.json"));
                        now = layer.width();
                    }
                    case "Normalize" -> {
                        scaled = true;
                        settings.add("normalize");
                    }
                    default -> throw JsonFile.wrong(modules, "lists a module of the type [" + type + "]", ALIKE);
                }
            }
        }
        if (model.layered() && dense.isEmpty()) {
            throw KemoException.plugin(
                    "The model [" + model.reference() + "] lists no Dense layer in [" + modules
                            + "], and is wrong without its last layers.",
                    "Use its files as sentence-transformers packs them.");
        }
        return new SentenceLayers(pooling.orElse(Pooling.MEAN), dense, scaled, read, settings);
    }

    private static Path place(Path folder, JsonFile module) {
        String path = module.text("path").orElse("");
        if (!path.matches("([A-Za-z0-9][A-Za-z0-9_.-]*)?")) {
            throw JsonFile.wrong(module.file(), "names the folder [" + path + "]");
        }
        return folder.resolve(path);
    }

    private static Pooling pooling(JsonFile config, SentenceInput input) {
        if (!input.prompt().isEmpty() && !config.flag("include_prompt", true)) {
            throw KemoException.plugin(
                    "The file [" + config.file() + "] leaves the prompt [" + input.prompt()
                            + "] out of the pooling, which Kemo does not.",
                    "Choose one with it by the option pooling: cls, mean, max or last.");
        }
        Optional<List<String>> modes = config.texts("pooling_mode");
        List<String> asked = modes.orElseGet(() -> config.object().keySet().stream()
                .filter(key -> key.startsWith("pooling_mode_"))
                .filter(config::flag)
                .sorted()
                .toList());
        Map<String, Pooling> known = modes.isPresent() ? MODES : FLAGS;
        if (asked.size() != 1 || !known.containsKey(asked.get(0))) {
            throw KemoException.plugin(
                    "The file [" + config.file() + "] asks for the pooling " + asked + ".",
                    "Choose one with the option pooling: cls, mean, max or last.");
        }
        return known.get(asked.get(0));
    }

    /** The width of what {@link #apply} gives. */
    int width(int states) {
        return dense.isEmpty() ? states : dense.get(dense.size() - 1).width();
    }

    /** From hidden states [T, d] to one vector. */
    FloatTensor apply(FloatTensor states) {
        float[] vector = pooling.pool(states);
        for (DenseLayer layer : dense) {
            vector = layer.apply(vector);
        }
        if (normalize) {
            scale(vector);
        }
        return FloatTensor.of(vector, vector.length);
    }

    private static void scale(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        // As torch's normalize bounds it.
        double length = Math.max(Math.sqrt(squares), 1e-12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
    }
}

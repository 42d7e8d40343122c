package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.session.ModelInspection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which files of a hub's repository Kemo reads: a repository mostly holds the same weights in several formats, and one is fetched.
 * Safetensors come before ONNX, since a network that is made from them can be trained further and has the layers that are asked for;
 * but not of a type of model that nobody makes a network of.
 */
final class HubFiles {
    /** Says which type of model it is. */
    static final String CONFIGURATION = "config.json";

    private static final Pattern SMALL = Pattern.compile("(config|config_sentence_transformers|modules"
            + "|sentence_(bert|roberta|distilbert|camembert|albert|xlm-roberta|xlnet)_config"
            + "|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|preprocessor_config)\\.json"
            + "|vocab\\.txt|merges\\.txt|sentencepiece\\.bpe\\.model|spiece\\.model"
            // The further layers of a sentence-transformers folder.
            + "|\\d+_\\w+/(config\\.json|model\\.safetensors)");

    private static final List<Pattern> SAFETENSORS = List.of(
            Pattern.compile("model\\.safetensors"),
            Pattern.compile("model\\.safetensors\\.index\\.json|model-\\d+-of-\\d+\\.safetensors"));

    private static final List<String> ONNX = List.of("onnx/model.onnx", "model.onnx");

    private static final Pattern TOKENIZER =
            Pattern.compile("tokenizer\\.json|vocab\\.(txt|json)|sentencepiece\\.bpe\\.model|spiece\\.model");

    private final Supplier<Set<String>> modelTypes;

    /**
     * The files of models of any type.
     *
     * @param modelTypes the types that networks are made of from safetensors; asked where there is a choice
     */
    HubFiles(Supplier<Set<String>> modelTypes) {
        this.modelTypes = modelTypes;
    }

    /**
     * Those of a repository that are read, without the {@linkplain #data data} of an ONNX model among them.
     *
     * @param paths of all its files
     * @param configuration gives what {@value #CONFIGURATION} says; asked where there is a choice
     * @return empty where none of them are weights
     */
    Optional<List<String>> among(Collection<String> paths, Supplier<String> configuration) {
        List<String> safetensors = SAFETENSORS.stream()
                .map(weights -> among(paths, weights))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        List<String> onnx = ONNX.stream().filter(paths::contains).limit(1).toList();
        boolean choice = !safetensors.isEmpty() && !onnx.isEmpty() && paths.contains(CONFIGURATION);
        List<String> weights = safetensors.isEmpty() || (choice && !isKnown(configuration.get())) ? onnx : safetensors;
        return weights.isEmpty()
                ? Optional.empty()
                : Optional.of(Stream.concat(among(paths, SMALL).stream(), weights.stream())
                        .toList());
    }

    /** Whether networks are made of a model's type, or it has none. */
    private boolean isKnown(String configuration) {
        String type = type(configuration);
        return type.isEmpty() || modelTypes.get().contains(type);
    }

    /** What cannot be read is said by whoever needs it. */
    private static String type(String configuration) {
        try {
            return JsonMapper.shared()
                    .readTree(configuration)
                    .path("model_type")
                    .asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    /** What {@value #CONFIGURATION} of a folder says; nothing where it cannot be read. */
    static String configuration(Path folder) {
        try {
            return Files.readString(folder.resolve(CONFIGURATION));
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> among(Collection<String> paths, Pattern wanted) {
        return paths.stream()
                .filter(path -> wanted.matcher(path).matches())
                .sorted()
                .toList();
    }

    /** Whether an ONNX model is among files, which may keep weights in others. */
    static boolean haveOnnx(Collection<String> paths) {
        return ONNX.stream().anyMatch(paths::contains);
    }

    /**
     * The files that an ONNX model among others keeps weights in, as it says itself: exports name them as they like.
     *
     * @param folder that the files lie in; where the model does not lie there, none are known
     * @throws KemoException category PLUGIN, where it is no model, or keeps weights outside its folder
     */
    static List<String> data(Collection<String> paths, Path folder) {
        return ONNX.stream()
                .filter(model -> paths.contains(model) && Files.isRegularFile(folder.resolve(model)))
                .flatMap(model -> ModelInspection.dataFiles(folder.resolve(model)).stream()
                        .map(name -> model.substring(0, model.lastIndexOf('/') + 1) + name))
                .toList();
    }

    /** The same files with their {@linkplain #data data}. */
    static List<String> withData(Collection<String> paths, Path folder) {
        return Stream.concat(paths.stream(), data(paths, folder).stream())
                .distinct()
                .toList();
    }

    /** What an encoder needs besides weights and is not there: another program may have fetched a part only. */
    static Optional<String> lack(Collection<String> paths) {
        if (!paths.contains(CONFIGURATION)) {
            return Optional.of("[" + CONFIGURATION + "]");
        }
        return paths.stream().anyMatch(path -> TOKENIZER.matcher(path).matches())
                ? Optional.empty()
                : Optional.of("a tokenizer, such as [tokenizer.json]");
    }
}

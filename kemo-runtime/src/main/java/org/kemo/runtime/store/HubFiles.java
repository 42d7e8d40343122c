package org.kemo.runtime.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.session.ModelInspection;

/**
 * Which files of a hub's repository Kemo reads: a repository mostly holds the same weights in several formats, and one is fetched.
 * Safetensors come before ONNX, since a network that is made from them can be trained further and has the layers that are asked for.
 */
final class HubFiles {
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

    private HubFiles() {}

    /**
     * Those of a repository that are read, without the {@linkplain #data data} of an ONNX model among them.
     *
     * @param paths of all its files
     * @return empty where none of them are weights
     */
    static Optional<List<String>> among(Collection<String> paths) {
        Stream<List<String>> safetensors = SAFETENSORS.stream().map(weights -> among(paths, weights));
        Stream<List<String>> onnx = ONNX.stream().filter(paths::contains).map(path -> List.of(path));
        return Stream.concat(safetensors, onnx)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(weights -> Stream.concat(among(paths, SMALL).stream(), weights.stream())
                        .toList());
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

    /** Whether there is what an encoder needs besides weights: another program may have fetched a part only. */
    static boolean areEnough(Collection<String> paths) {
        return paths.contains("config.json")
                && paths.stream().anyMatch(path -> TOKENIZER.matcher(path).matches());
    }
}

package org.kemo.runtime.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** The end of the name of a file that holds weights of an ONNX model beside it, as the usual exports write it, and Kemo's own. */
    private static final String DATA = "([._]data(_\\d+)?)";

    private static final Pattern ONNX_DATA = Pattern.compile(".*\\.onnx" + DATA);

    private static final List<Pattern> WEIGHTS = List.of(
            Pattern.compile("model\\.safetensors"),
            Pattern.compile("model\\.safetensors\\.index\\.json|model-\\d+-of-\\d+\\.safetensors"),
            Pattern.compile("onnx/model\\.onnx" + DATA + "?"),
            Pattern.compile("model\\.onnx" + DATA + "?"));

    private static final Pattern TOKENIZER =
            Pattern.compile("tokenizer\\.json|vocab\\.(txt|json)|sentencepiece\\.bpe\\.model|spiece\\.model");

    private HubFiles() {}

    /**
     * Those of a repository that are read.
     *
     * @param paths of all its files
     * @return empty where none of them are weights
     */
    static Optional<List<String>> among(Collection<String> paths) {
        return WEIGHTS.stream()
                .map(weights -> among(paths, weights))
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

    /** Whether an ONNX model is among files that keeps weights beside it. */
    static boolean haveOnnxData(Collection<String> paths) {
        return paths.stream().anyMatch(path -> ONNX_DATA.matcher(path).matches());
    }

    /** Whether there is what an encoder needs besides weights: another program may have fetched a part only. */
    static boolean areEnough(Collection<String> paths) {
        return paths.contains("config.json")
                && paths.stream().anyMatch(path -> TOKENIZER.matcher(path).matches());
    }
}

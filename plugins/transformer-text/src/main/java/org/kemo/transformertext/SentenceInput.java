package org.kemo.transformertext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What sentence-transformers does to a text before it is cut into tokens.
 *
 * @param lowerCase whether it becomes lower case, as the {@linkplain #transformer settings of the transformer} say
 * @param prompt what is put before it: the default one of {@code config_sentence_transformers.json}, or nothing
 */
record SentenceInput(boolean lowerCase, String prompt) {
    /** What sentence-transformers has called the settings of a transformer, in the order in which it looks for them. */
    private static final List<String> TRANSFORMER = List.of(
            "sentence_bert_config.json",
            "sentence_roberta_config.json",
            "sentence_distilbert_config.json",
            "sentence_camembert_config.json",
            "sentence_albert_config.json",
            "sentence_xlm-roberta_config.json",
            "sentence_xlnet_config.json");

    /**
     * Reads a folder.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where it names a prompt that it does not hold
     */
    static SentenceInput read(Path folder) {
        boolean lowerCase = transformer(folder)
                .filter(settings -> settings.flag("do_lower_case"))
                .isPresent();
        Path model = folder.resolve("config_sentence_transformers.json");
        return new SentenceInput(lowerCase, Files.isRegularFile(model) ? prompt(JsonFile.read(model)) : "");
    }

    /** What a folder says of its transformer beside {@code config.json}: the first file that says something, where there is one. */
    static Optional<JsonFile> transformer(Path folder) {
        return TRANSFORMER.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .map(JsonFile::read)
                .filter(settings -> !settings.object().isEmpty())
                .findFirst();
    }

    private static String prompt(JsonFile config) {
        Optional<String> name = config.text("default_prompt_name");
        return name.map(chosen -> config.section("prompts")
                        .flatMap(prompts -> prompts.text(chosen))
                        .orElseThrow(() -> JsonFile.wrong(
                                config.file(), "names the default prompt [" + chosen + "], which it does not hold")))
                .orElse("");
    }

    /** The text that is cut. */
    String of(String text) {
        String whole = prompt + text;
        return lowerCase ? whole.toLowerCase(Locale.ROOT) : whole;
    }

    /** Whether texts stay as they are. */
    boolean isPlain() {
        return !lowerCase && prompt.isEmpty();
    }

    /** What of it is not the usual, for the sum of what decides the answers. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        if (lowerCase) {
            settings.add("lower case");
        }
        if (!prompt.isEmpty()) {
            settings.add("prompt " + prompt);
        }
        return settings;
    }
}

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
 * @param lowerCase whether it becomes lower case, as {@code sentence_bert_config.json} says
 * @param prompt what is put before it: the default one of {@code config_sentence_transformers.json}, or nothing
 */
record SentenceInput(boolean lowerCase, String prompt) {
    /**
     * Reads a folder.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where it names a prompt that it does not hold
     */
    static SentenceInput read(Path folder) {
        Path transformer = folder.resolve("sentence_bert_config.json");
        boolean lowerCase =
                Files.isRegularFile(transformer) && JsonFile.read(transformer).flag("do_lower_case");
        Path model = folder.resolve("config_sentence_transformers.json");
        return new SentenceInput(lowerCase, Files.isRegularFile(model) ? prompt(JsonFile.read(model)) : "");
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

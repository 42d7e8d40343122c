package org.kemo.transformertext;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/**
 * Cuts text into tokens as {@code tokenizer.json} says, by the tokenizers library of Hugging Face itself (Rust, through DJL).
 * Safe for use by several threads at once.
 */
final class TextTokenizer {
    /** Languages as mBART names them: {@code kk_KZ}. */
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}_[A-Z]{2}");

    private final Path file;
    private final HuggingFaceTokenizer tokenizer;
    private final Optional<SpokenLanguage> language;

    private TextTokenizer(Path file, HuggingFaceTokenizer tokenizer, Optional<SpokenLanguage> language) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.language = language;
    }

    /**
     * Reads a tokenizer.
     *
     * @param file {@code tokenizer.json}
     * @param maxTokens longer texts are cut, those tokens included that the tokenizer adds
     * @param language takes the place of the language that the tokenizer puts
     * @param scratch a folder for the native library
     * @throws KemoException category PLUGIN, where it cannot be used
     */
    static TextTokenizer open(Path file, int maxTokens, Optional<String> language, Path scratch) {
        NativeTokenizers.load(scratch);
        HuggingFaceTokenizer tokenizer;
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    file,
                    Map.of(
                            "addSpecialTokens", "true",
                            "truncation", "true",
                            "maxLength", Integer.toString(maxTokens),
                            "modelMaxLength", Integer.toString(maxTokens),
                            "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw KemoException.plugin(
                            "The tokenizer [" + file + "] cannot be read: [" + e.getMessage() + "].",
                            "Fetch the model again, or save the tokenizer with a current transformers library.")
                    .causedBy(e);
        }
        return new TextTokenizer(file, tokenizer, language.map(name -> language(tokenizer, file, name)));
    }

    private static SpokenLanguage language(HuggingFaceTokenizer tokenizer, Path file, String language) {
        // As in added.
        Encoding added = tokenizer.encode("");
        Encoding wanted = tokenizer.encode(language, false, false);
        for (int i = 0; i < added.getIds().length; i++) {
            if (LANGUAGE.matcher(added.getTokens()[i]).matches()
                    && LANGUAGE.matcher(language).matches()
                    && wanted.getIds().length == 1
                    && wanted.getTokens()[0].equals(language)) {
                boolean before = tokenizer.encode(language).getIds()[i] == added.getIds()[i];
                return new SpokenLanguage(
                        before ? i : i - added.getIds().length, added.getIds()[i], wanted.getIds()[0]);
            }
        }
        throw KemoException.plugin(
                "The tokenizer [" + file + "] puts no language, or does not know [" + language + "].",
                "Use a multilingual mBART model, and a language that its tokenizer lists, such as [en_XX].");
    }

    /** How many tokens it adds to a text. */
    int added() {
        // What it adds to nothing is what it adds to everything.
        return tokenizer.encode("").getIds().length;
    }

    /** The ids of each text. */
    List<long[]> ids(List<String> texts) {
        List<long[]> all = new ArrayList<>(texts.size());
        for (Encoding encoding : tokenizer.batchEncode(texts)) {
            long[] ids = encoding.getIds();
            if (ids.length == 0) {
                throw KemoException.plugin(
                        "The tokenizer [" + file + "] gives no token for a text without words.",
                        "Use a tokenizer.json whose post_processor adds the model's own tokens.");
            }
            language.ifPresent(spoken -> spoken.put(ids));
            all.add(ids);
        }
        return all;
    }

    /** A table of word vectors, [V, d], for ids as the file alone gives them: where it puts its language stands the one wanted. */
    FloatTensor spoken(FloatTensor words) {
        if (language.isEmpty()) {
            return words;
        }
        SpokenLanguage spoken = language.get();
        int width = words.size(1);
        float[] values = words.values().clone();
        System.arraycopy(words.values(), (int) spoken.id() * width, values, (int) spoken.there() * width, width);
        return FloatTensor.of(values, words.shape());
    }

    /**
     * The language in which a text is spoken.
     *
     * @param place of its token, from the end where it is below 0: a text may itself hold the name of a language
     * @param there the id of the token that the tokenizer puts there
     * @param id of its token
     */
    private record SpokenLanguage(int place, long there, long id) {
        void put(long[] ids) {
            ids[Math.floorMod(place, ids.length)] = id;
        }
    }
}

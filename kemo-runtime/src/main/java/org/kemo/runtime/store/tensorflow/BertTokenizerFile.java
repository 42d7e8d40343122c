package org.kemo.runtime.store.tensorflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * BERT's vocabulary as the files {@code tokenizer.json} and {@code tokenizer_config.json} of the tokenizers library: words are cleaned,
 * Chinese characters stand alone, words are cut at blanks and punctuation and then into the longest pieces from their beginning, and
 * {@code [CLS]} and {@code [SEP]} are put around.
 */
final class BertTokenizerFile {
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> ids;
    private final boolean lowerCase;

    /**
     * A tokenizer.
     *
     * @param vocabulary a piece each line; its number, from 0, is its id
     * @param words the number of lines that there have to be
     * @param lowerCase whether letters become small and lose their accents
     * @throws DamagedCheckpoint where the vocabulary does not fit
     */
    BertTokenizerFile(String vocabulary, int words, boolean lowerCase) throws IOException {
        this.ids = ids(vocabulary, words);
        this.lowerCase = lowerCase;
    }

    private static Map<String, Integer> ids(String vocabulary, int words) throws IOException {
        // Not by lines(), which ends them at other characters too.
        List<String> lines = new ArrayList<>(List.of(vocabulary.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (lines.size() != words) {
            throw new DamagedCheckpoint(
                    "its vocabulary has " + lines.size() + " words, and there are vectors for " + words);
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int id = 0; id < lines.size(); id++) {
            String line = lines.get(id);
            ids.put(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, id);
        }
        for (String special : SPECIAL) {
            if (!ids.containsKey(special)) {
                throw new DamagedCheckpoint("its vocabulary lacks " + special);
            }
        }
        return ids;
    }

    /** The id that fills short sentences up. */
    int padding() {
        return ids.get(SPECIAL.get(0));
    }

    /** {@code tokenizer.json}. */
    byte[] tokenizer() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode json = mapper.createObjectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        // In the order of their ids, as the library writes them.
        SPECIAL.stream().sorted((one, other) -> ids.get(one) - ids.get(other)).forEach(special -> {
            ObjectNode token = added.addObject();
            token.put("id", ids.get(special)).put("content", special);
            token.put("single_word", false).put("lstrip", false).put("rstrip", false);
            token.put("normalized", false).put("special", true);
        });
        json.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                // Null: as lower case goes.
                .putNull("strip_accents")
                .put("lowercase", lowerCase);
        json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        frame(json.putObject("post_processor").put("type", "TemplateProcessing"));
        json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = json.putObject("model");
        model.put("type", "WordPiece").put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
        model.put("max_input_chars_per_word", LONGEST_WORD);
        ids.forEach(model.putObject("vocab")::put);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private void frame(ObjectNode template) {
        ArrayNode single = template.putArray("single");
        special(single, "[CLS]", 0);
        sequence(single, "A", 0);
        special(single, "[SEP]", 0);
        ArrayNode pair = template.putArray("pair");
        special(pair, "[CLS]", 0);
        sequence(pair, "A", 0);
        special(pair, "[SEP]", 0);
        sequence(pair, "B", 1);
        special(pair, "[SEP]", 1);
        ObjectNode tokens = template.putObject("special_tokens");
        for (String name : List.of("[CLS]", "[SEP]")) {
            ObjectNode token = tokens.putObject(name).put("id", name);
            token.putArray("ids").add(ids.get(name));
            token.putArray("tokens").add(name);
        }
    }

    private static void special(ArrayNode template, String token, int type) {
        template.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
    }

    private static void sequence(ArrayNode template, String which, int type) {
        template.addObject().putObject("Sequence").put("id", which).put("type_id", type);
    }

    /**
     * {@code tokenizer_config.json}.
     *
     * @param longest a sentence in tokens
     */
    byte[] configuration(int longest) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode json = mapper.createObjectNode();
        json.put("tokenizer_class", "BertTokenizer");
        json.put("do_lower_case", lowerCase);
        json.put("model_max_length", longest);
        json.put("pad_token", "[PAD]").put("unk_token", "[UNK]").put("cls_token", "[CLS]");
        json.put("sep_token", "[SEP]").put("mask_token", "[MASK]");
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}

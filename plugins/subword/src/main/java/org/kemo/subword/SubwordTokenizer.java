package org.kemo.subword;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.network.LongTensor;

/**
 * Splits a text into words and each word into hashed units: the word between marks, {@code <word>}; its prefixes with the
 * opening mark, {@code <wor}; its suffixes with the closing mark, {@code rd>}. The text is normalised (NFKC), lower-cased, and
 * loses its apostrophes; words are runs of letters and digits with the marks upon them, such as the vowel signs of Tamil; lengths are in
 * code points. A pure function.
 */
record SubwordTokenizer(SubwordOptions options) {
    private static final Pattern APOSTROPHES = Pattern.compile("['\u2019\u2018\u02bc`]");

    /** Neither what makes a sign coloured nor what surrounds one is a mark of a word: both stand in emoji. */
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{Mn}\\p{Mc}&&[^\\uFE00-\\uFE0F]]*");

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /** [words, K], 0 where a word has fewer units. */
    LongTensor tokenize(String text) {
        String plain = APOSTROPHES
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .replaceAll("");
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(plain);
        while (words.size() < options.maxWords() && matcher.find()) {
            words.add(matcher.group());
        }
        int ids = options.idsOfAWord();
        long[] values = new long[words.size() * ids];
        for (int w = 0; w < words.size(); w++) {
            List<String> units = units(words.get(w));
            for (int u = 0; u < units.size(); u++) {
                values[w * ids + u] = id(units.get(u));
            }
        }
        return LongTensor.of(values, words.size(), ids);
    }

    List<String> units(String word) {
        int[] letters = word.codePoints().toArray();
        List<String> units = new ArrayList<>();
        units.add("<" + word + ">");
        for (int length = options.shortestPrefix(); length <= options.longestPrefix(); length++) {
            if (length <= letters.length) {
                units.add("<" + new String(letters, 0, length));
            }
        }
        for (int length = options.shortestSuffix(); length <= options.longestSuffix(); length++) {
            if (length < letters.length) {
                units.add(new String(letters, letters.length - length, length) + ">");
            }
        }
        return units;
    }

    /** 1 + FNV-1a (32 bits, over UTF-8) modulo the number of buckets; 0 is left for padding. */
    long id(String unit) {
        int hash = FNV_OFFSET;
        for (byte each : unit.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return 1 + Integer.toUnsignedLong(hash) % options.buckets();
    }
}

package org.kemo.tfidf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.network.LongTensor;

/**
 * Counts the terms of a text: runs of two or more letters, digits and underscores in lower case, as scikit-learn's TfidfVectorizer finds
 * them, and neighbours among them. A pure function.
 */
record Terms(TfIdfOptions options) {
    /** Counts beyond it are taken for it. */
    static final int LARGEST_COUNT = 1000;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{2,}");
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /** [terms, 2]: the bucket of a term, from 1, and how often it is there. */
    LongTensor count(String text) {
        Map<Long, Integer> counts = new LinkedHashMap<>();
        List<String> recent = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            recent.add(stem(matcher.group()));
            if (recent.size() > options.longestTerm()) {
                recent.remove(0);
            }
            for (int from = recent.size() - 1; from >= 0; from--) {
                long bucket = bucket(String.join(" ", recent.subList(from, recent.size())));
                if (counts.containsKey(bucket) || counts.size() < options.maxTerms()) {
                    counts.merge(bucket, 1, Integer::sum);
                }
            }
        }
        long[] values = new long[2 * counts.size()];
        int at = 0;
        for (Map.Entry<Long, Integer> each : counts.entrySet()) {
            values[at++] = each.getKey();
            values[at++] = Math.min(each.getValue(), LARGEST_COUNT);
        }
        return LongTensor.of(values, counts.size(), 2);
    }

    private String stem(String word) {
        return options.stem() == 0 || word.codePointCount(0, word.length()) <= options.stem()
                ? word
                : word.substring(0, word.offsetByCodePoints(0, options.stem()));
    }

    /** 1 + FNV-1a (32 bits, over UTF-8) modulo the number of buckets; 0 is left for padding. */
    long bucket(String term) {
        int hash = FNV_OFFSET;
        for (byte each : term.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return 1 + Integer.toUnsignedLong(hash) % options.buckets();
    }
}

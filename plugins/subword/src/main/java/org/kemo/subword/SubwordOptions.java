package org.kemo.subword;

import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * Options of the subword encoder.
 *
 * @param buckets rows of the embedding table
 * @param width of the embeddings
 * @param shortestPrefix length of the shortest prefix
 * @param longestPrefix length of the longest prefix
 * @param shortestSuffix length of the shortest suffix
 * @param longestSuffix length of the longest suffix
 * @param maxWords words that are read; the others are left out
 * @param hidden units of each direction of the LSTM
 * @param subwordDropout rate at which subwords are left out in training
 * @param wordDropout rate at which whole words become zeros in training
 * @param dropout of word vectors in training
 */
record SubwordOptions(
        @Option(value = "Rows of the embedding table", defaultValue = "20000", min = 1, max = 10_000_000) int buckets,
        @Option(value = "Width of the embeddings", defaultValue = "48", min = 1) int width,
        @Option(value = "The shortest prefix", defaultValue = "3", unit = "letters", min = 1) int shortestPrefix,
        @Option(value = "The longest prefix", defaultValue = "7", unit = "letters", min = 1) int longestPrefix,
        @Option(value = "The shortest suffix", defaultValue = "2", unit = "letters", min = 1) int shortestSuffix,
        @Option(value = "The longest suffix", defaultValue = "4", unit = "letters", min = 1) int longestSuffix,
        @Option(value = "Words that are read; the others are left out", defaultValue = "64", min = 1) int maxWords,
        @Option(value = "Units of each direction of the LSTM", defaultValue = "64", min = 1) int hidden,
        @Option(value = "Rate at which subwords are left out in training", defaultValue = "0.1", min = 0, max = 0.99)
                double subwordDropout,
        @Option(value = "Rate at which whole words become zeros in training", defaultValue = "0.1", min = 0, max = 0.99)
                double wordDropout,
        @Option(value = "Dropout of word vectors", defaultValue = "0.3", min = 0, max = 0.99) double dropout) {
    /** Checks that the longest are not shorter than the shortest. */
    SubwordOptions {
        if (shortestPrefix > longestPrefix || shortestSuffix > longestSuffix) {
            throw KemoException.configuration(
                    "The prefixes from [" + shortestPrefix + "] to [" + longestPrefix + "] or the suffixes from ["
                            + shortestSuffix + "] to [" + longestSuffix + "] letters are none.",
                    "Let the longest be at least as long as the shortest.");
        }
    }

    /** The number K of ids of a word: itself, its prefixes, its suffixes. */
    int idsOfAWord() {
        return 1 + longestPrefix - shortestPrefix + 1 + longestSuffix - shortestSuffix + 1;
    }
}

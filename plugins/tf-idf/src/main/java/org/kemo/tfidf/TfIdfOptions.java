package org.kemo.tfidf;

import org.kemo.api.component.Option;

/**
 * Options of the tf-idf encoder.
 *
 * @param buckets rows of the table of terms
 * @param longestTerm words of the longest term
 * @param stem letters of a word that count
 * @param maxTerms distinct terms of a text that are read
 * @param width of the pooled vector
 */
record TfIdfOptions(
        @Option(
                        value = "Rows of the table of terms, in which they are found by hashing",
                        defaultValue = "131072",
                        min = 1,
                        max = 10_000_000)
                int buckets,
        @Option(
                        value = "The longest term: 1 for words alone, 2 for pairs of neighbours, too",
                        defaultValue = "1",
                        unit = "words",
                        min = 1,
                        max = 5)
                int longestTerm,
        @Option(
                        value =
                                "Letters of a word that count, from the first: a stemmer for languages of many endings; 0 for all",
                        defaultValue = "0",
                        unit = "letters",
                        min = 0)
                int stem,
        @Option(value = "Distinct terms that are read; the others are left out", defaultValue = "1000", min = 1)
                int maxTerms,
        @Option(
                        value =
                                "Width of the vector of a text; with as many as there are classes the model is any linear one",
                        defaultValue = "16",
                        min = 1)
                int width) {}

/**
 * A text encoder without pretrained weights for agglutinative languages: a word is the sum of its own vector and those of its
 * prefixes and suffixes, which stand for stems and endings, found by hashing; a bidirectional LSTM reads the words.
 */
package org.kemo.subword;

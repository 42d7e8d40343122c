package org.kemo.transformertext;

/** What of a text goes on to the network behind. */
public enum Output {
    /** One vector for the text. */
    POOLED,
    /** One vector for the text, and the hidden state of every token. */
    TOKENS
}

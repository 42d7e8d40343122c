package org.kemo.api.encoder;

import org.kemo.api.network.LongTensor;

/** A trainable network over ids that it makes from text itself. */
public interface TextNetworkEncoder extends NetworkEncoder {
    /** The number K of ids for each step (word or token). */
    int width();

    /**
     * Splits a text into steps of ids: a pure function of the text and the options.
     *
     * @param text any text
     * @return [L, K]; L = 0 where the text holds nothing to read, and at most a bound of the encoder's own. Every id is 0 or above, and a
     *     row of each table in which {@link #encode} looks it up
     */
    LongTensor tokenize(String text);
}

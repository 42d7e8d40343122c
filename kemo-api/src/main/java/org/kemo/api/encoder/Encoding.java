package org.kemo.api.encoder;

import org.kemo.api.network.FloatTensor;

/**
 * What a pretrained encoder gives for one utterance.
 *
 * @param sequence [T, d]; T = 0 where the pooled vector is all that is wanted
 * @param pooled [d]
 */
public record Encoding(FloatTensor sequence, FloatTensor pooled) {
    /** Checks the shapes. */
    public Encoding {
        if (sequence.rank() != 2 || pooled.rank() != 1 || sequence.size(1) != pooled.size(0)) {
            throw new IllegalArgumentException("An encoding is [T, d] and [d], not " + sequence + " and " + pooled);
        }
    }
}

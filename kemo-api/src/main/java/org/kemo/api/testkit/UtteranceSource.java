package org.kemo.api.testkit;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.kemo.api.network.Tensor;

/** Where the kit takes utterances from, one at a time and without padding. */
@FunctionalInterface
interface UtteranceSource {
    /**
     * A value for each input of a network, without the batch axis and of the utterance's own lengths; masks are 1 throughout. A
     * length of 0 is a missing sequence.
     */
    Map<String, Tensor> draw(RandomGenerator random);
}

package org.kemo.api.service;

import java.util.Optional;
import java.util.function.Supplier;
import org.kemo.api.network.FloatTensor;

/** Results of frozen steps, kept between runs. Safe for use by several threads and processes at once. */
public interface FeatureCache {
    /**
     * The result under a key, computed where it is not there yet.
     *
     * @param key everything that the result depends on: component, version, options, model and input
     * @param compute called at most once by this call
     */
    FloatTensor get(String key, Supplier<FloatTensor> compute);

    /**
     * The result that is kept under a key, read again where it lies. For results too large to be held all at once.
     *
     * @return empty where none is kept, or it cannot be read
     */
    default Optional<FloatTensor> kept(String key) {
        return Optional.empty();
    }

    /**
     * Hands over a result that was computed with another one, before it is asked for: whoever asks for it meanwhile need not compute it.
     * It is kept only when it is asked for.
     */
    default void offer(String key, FloatTensor result) {}
}

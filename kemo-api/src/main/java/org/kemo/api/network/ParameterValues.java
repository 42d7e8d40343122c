package org.kemo.api.network;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The parameters of a run of a network, by scoped name: those that are given, and, for those that are not, initial values
 * drawn from the seed and the name. {@link NetworkParameters} asks it for every parameter, whatever the backend is, so that training
 * begins alike on all. Not safe for use by several threads.
 */
final class ParameterValues {
    private final Map<String, FloatTensor> values = new HashMap<>();
    private final long seed;

    /**
     * Begins with given values.
     *
     * @param given may be empty
     * @param seed for the others
     */
    ParameterValues(Map<String, FloatTensor> given, long seed) {
        values.putAll(given);
        this.seed = seed;
    }

    /**
     * The value of a parameter, drawn at the first call where it was not given.
     *
     * @throws IllegalArgumentException where a value of another shape stands under that name
     */
    FloatTensor get(String name, Shape shape, Initializer initializer) {
        FloatTensor value = values.computeIfAbsent(name, key -> {
            FloatTensor fresh = FloatTensor.zeros(shape.sizes());
            // Finalised: of neighbouring seeds as they are, one gives the numbers of the other, shifted.
            long mixed = new SplittableRandom(seed).nextLong();
            initializer.fill(fresh.values(), shape.sizes(), new SplittableRandom(mixed + key.hashCode()));
            return fresh;
        });
        requireSame(name, Shape.of(value.shape()), shape);
        return value;
    }

    static void requireSame(String name, Shape before, Shape asked) {
        if (!before.equals(asked)) {
            throw new IllegalArgumentException("The parameter [" + name + "] has the shape " + before
                    + " and is asked for with " + asked + ". Two parameters need two names.");
        }
    }
}

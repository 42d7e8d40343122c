package org.kemo.api.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The parameters of a run of a network, by scoped name: those that are given, and, for those that are not, initial values
 * drawn from the seed and the name. Backends ask it for every parameter; it is where all backends agree on how training
 * begins. Not safe for use by several threads.
 */
public final class ParameterValues {
    private final Map<String, FloatTensor> values = new LinkedHashMap<>();
    private final long seed;

    /**
     * Begins with given values.
     *
     * @param given may be empty
     * @param seed for the others
     */
    public ParameterValues(Map<String, FloatTensor> given, long seed) {
        values.putAll(given);
        this.seed = seed;
    }

    /**
     * The value of a parameter, drawn at the first call where it was not given.
     *
     * @throws IllegalArgumentException where a value of another shape stands under that name
     */
    public FloatTensor get(String name, Shape shape, Initializer initializer) {
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

    /** All parameters so far, in the order in which they were given or asked for. */
    public Map<String, FloatTensor> all() {
        return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}

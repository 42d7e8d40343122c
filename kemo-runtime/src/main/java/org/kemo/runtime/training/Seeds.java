package org.kemo.runtime.training;

import java.util.SplittableRandom;

/**
 * Seeds of the parts of a run. They are finalised number by number, since neighbouring seeds must not give neighbouring streams: a
 * {@link SplittableRandom} counts up by one constant, so that a seed made of multiples of that gives the same numbers, shifted.
 */
final class Seeds {
    private Seeds() {}

    /** One for each seed and these numbers, say an epoch and a step, in their order. */
    static long of(long seed, long... numbers) {
        long mixed = finalised(seed);
        for (long number : numbers) {
            mixed = finalised(mixed + number);
        }
        return mixed;
    }

    private static long finalised(long value) {
        return new SplittableRandom(value).nextLong();
    }
}

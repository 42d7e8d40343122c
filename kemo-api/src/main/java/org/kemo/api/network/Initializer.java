package org.kemo.api.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How a parameter begins. Values are drawn on the host from a generator that is seeded by the run's seed and the
 * parameter's name, so that every backend and every order of creation begins with the same bits.
 */
@FunctionalInterface
public interface Initializer {
    /**
     * Fills the values of a parameter.
     *
     * @param values to be written, row-major
     * @param shape the parameter's shape
     * @param random the only source of randomness
     */
    void fill(float[] values, int[] shape, RandomGenerator random);

    /** All values the same. */
    static Initializer constant(double value) {
        return (values, shape, random) -> Arrays.fill(values, (float) value);
    }

    /** Uniform in [-bound, bound). */
    static Initializer uniform(double bound) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        };
    }

    /** Normal with mean 0 and this standard deviation. */
    static Initializer normal(double deviation) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        };
    }

    /** Glorot and Bengio (2010), uniform, for a matrix [in, out]: bound sqrt(6 / (in + out)). */
    static Initializer glorot() {
        return (values, shape, random) ->
                uniform(Math.sqrt(6.0 / (shape[0] + shape[shape.length - 1]))).fill(values, shape, random);
    }

    /**
     * These values, for a parameter of their shape. A parameter of another one, be it of as many values, is an {@link
     * IllegalArgumentException} where it is made.
     */
    static Initializer of(FloatTensor tensor) {
        return (values, shape, random) -> {
            if (!Arrays.equals(tensor.shape(), shape)) {
                throw new IllegalArgumentException("A parameter of the shape " + Arrays.toString(shape)
                        + " cannot begin with values of the shape " + Arrays.toString(tensor.shape())
                        + ". Transpose or reshape them, or ask for a parameter of their shape.");
            }
            System.arraycopy(tensor.values(), 0, values, 0, values.length);
        };
    }
}

package org.kemo.api.network;

/**
 * The parameters of one direction of {@link Ops#lstm}: their names, shapes and initial values, once for all backends. Gates
 * in the order input, forget, cell, output.
 *
 * @param input weights of the input, [width, 4 hidden]
 * @param hidden weights of the previous output, [hidden, 4 hidden]
 * @param bias [4 hidden]
 */
public record LstmParameters<T>(T input, T hidden, T bias) {
    /** Asks a backend for the parameters {@code name/weightInput}, {@code name/weightHidden} and {@code name/bias}. */
    public static <T> LstmParameters<T> of(Ops<T> ops, String name, int width, int hidden) {
        Initializer initializer = Initializer.uniform(1 / Math.sqrt(hidden));
        return new LstmParameters<>(
                ops.parameter(name + "/weightInput", Shape.of(width, 4 * hidden), initializer),
                ops.parameter(name + "/weightHidden", Shape.of(hidden, 4 * hidden), initializer),
                ops.parameter(name + "/bias", Shape.of(4 * hidden), initializer));
    }
}

package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;

/** What {@code Ops.dropout} does in a run. */
@FunctionalInterface
interface Dropout {
    /** Outside training: nothing. */
    Dropout NONE = (scope, x, rate) -> x;

    /**
     * Applies it.
     *
     * @param scope where in the network, {@code outer/inner/}; empty outside all scopes
     * @param rate of the values that become 0
     */
    Tensor apply(String scope, Tensor x, double rate);
}

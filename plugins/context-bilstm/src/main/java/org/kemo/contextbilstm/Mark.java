package org.kemo.contextbilstm;

import org.kemo.api.network.Ops;

/**
 * Finds the marked step of each sequence. A reader marks it by a column that is 1 there and 0 elsewhere; what arrives is
 * standardised, (x - mean) / deviation, with figures that only the host knows. Scale and shift keep the order, and two marks stay
 * at least 2 apart, since no column of zeros and ones deviates by more than 1/2: so the marked step is the largest, and none that is
 * not comes within {@value #MARGIN} of it.
 */
final class Mark {
    // Below the distance of two marks, and far above the error of single precision at the marks of a long sequence.
    private static final double MARGIN = 0.5;

    private Mark() {}

    /**
     * The share of each step in the answer: 1 at the marked one. Where no step differs from the others, as in a group of one
     * or where the marked step was cut off, all count alike; where there is no step, none does.
     *
     * @param column [N, U]
     * @param mask [N, U]
     * @return [N, U]
     */
    static <T> T shares(Ops<T> ops, T column, T mask) {
        T largest = ops.maskedMax(ops.expand(column, -1), mask);
        T near = ops.relu(ops.add(ops.subtract(column, largest), ops.constant(MARGIN)));
        T marked = ops.multiply(near, mask);
        T total = ops.expand(ops.sum(marked, -1), -1);
        return ops.divide(marked, ops.maximum(total, ops.constant(MARGIN)));
    }
}

package org.kemo.api.network;

/**
 * A block of numbers outside any backend: what goes into a network and comes out of it. Row-major. The array is shared,
 * not copied: whoever gets a tensor does not write to it.
 */
public sealed interface Tensor permits FloatTensor, LongTensor {
    /** The sizes of the axes; empty for a scalar. A copy. */
    int[] shape();

    /** The number of axes. */
    int rank();

    /** The size of an axis, from 0. */
    int size(int axis);

    /** The number of values. */
    int count();

    /** The type of the values. */
    ElementType type();
}

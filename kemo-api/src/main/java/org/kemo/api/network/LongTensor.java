package org.kemo.api.network;

import java.util.Arrays;

/** A tensor of 64-bit integers: ids, row-major. Values are shared, not copied. */
public final class LongTensor implements Tensor {
    private final long[] values;
    private final int[] shape;

    private LongTensor(long[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * A tensor over these values.
     *
     * @param values as many as the product of the sizes
     * @param shape the sizes of the axes; none for a scalar
     */
    public static LongTensor of(long[] values, int... shape) {
        if (Tensors.count(shape) != values.length) {
            throw new IllegalArgumentException(
                    "The shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
        return new LongTensor(values, shape.clone());
    }

    /** A tensor of zeros. */
    public static LongTensor zeros(int... shape) {
        return new LongTensor(new long[Tensors.count(shape)], shape.clone());
    }

    /** A scalar. */
    public static LongTensor scalar(long value) {
        return new LongTensor(new long[] {value}, new int[0]);
    }

    /** The values themselves, row-major: not to be written to. */
    public long[] values() {
        return values;
    }

    /** The value at an index for each axis. */
    public long at(int... index) {
        return values[Tensors.offset(shape, index)];
    }

    /** The same values in another shape of the same count. */
    public LongTensor reshape(int... newShape) {
        return of(values, newShape);
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public int rank() {
        return shape.length;
    }

    @Override
    public int size(int axis) {
        return shape[axis];
    }

    @Override
    public int count() {
        return values.length;
    }

    @Override
    public ElementType type() {
        return ElementType.LONG;
    }

    /** Same shape and same values, bit for bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LongTensor that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "LongTensor" + Arrays.toString(shape);
    }
}

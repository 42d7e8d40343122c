package org.kemo.api.network;

import java.util.Arrays;

/** A tensor of 32-bit floating point values, row-major. Values are shared, not copied. */
public final class FloatTensor implements Tensor {
    private final float[] values;
    private final int[] shape;

    private FloatTensor(float[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * A tensor over these values.
     *
     * @param values as many as the product of the sizes
     * @param shape the sizes of the axes; none for a scalar
     */
    public static FloatTensor of(float[] values, int... shape) {
        if (Tensors.count(shape) != values.length) {
            throw new IllegalArgumentException(
                    "The shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
        return new FloatTensor(values, shape.clone());
    }

    /** A tensor of zeros. */
    public static FloatTensor zeros(int... shape) {
        return new FloatTensor(new float[Tensors.count(shape)], shape.clone());
    }

    /** A scalar. */
    public static FloatTensor scalar(float value) {
        return new FloatTensor(new float[] {value}, new int[0]);
    }

    /** The values themselves, row-major: not to be written to. */
    public float[] values() {
        return values;
    }

    /** The value at an index for each axis. */
    public float at(int... index) {
        return values[Tensors.offset(shape, index)];
    }

    /** The same values in another shape of the same count. */
    public FloatTensor reshape(int... newShape) {
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
        return ElementType.FLOAT;
    }

    /** Same shape and same values, bit for bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}

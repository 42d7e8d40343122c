package org.kemo.runtime.onnx;

import org.kemo.api.network.FloatTensor;

/**
 * A matrix as whole numbers of 8 bits: w is nearly q s, with one scale s = max |w| / 127 for each column or each row, and q = w / s rounded,
 * from -127 to 127. A scale is 1 where all is 0.
 */
final class Int8Matrix {
    private static final int LARGEST = 127;

    private final byte[] values;
    private final float[] scales;

    private Int8Matrix(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /** The whole numbers q, row-major: not to be written to. */
    byte[] values() {
        return values;
    }

    /** The scales s: not to be written to. */
    float[] scales() {
        return scales;
    }

    /**
     * One scale for each column.
     *
     * @param matrix [rows, columns]
     */
    static Int8Matrix byColumn(FloatTensor matrix) {
        return of(matrix.values(), matrix.size(1), 1, matrix.size(1));
    }

    /**
     * One scale for each row.
     *
     * @param matrix [rows, columns]
     */
    static Int8Matrix byRow(FloatTensor matrix) {
        return of(matrix.values(), matrix.size(0), matrix.size(1), matrix.size(0));
    }

    /** The value at i has the scale i / run % count. */
    private static Int8Matrix of(float[] values, int scaleCount, int run, int count) {
        float[] scales = new float[scaleCount];
        for (int i = 0; i < values.length; i++) {
            int at = i / run % count;
            scales[at] = Math.max(scales[at], Math.abs(values[i]));
        }
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scales[i] == 0 ? 1 : scales[i] / LARGEST;
        }
        byte[] whole = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            whole[i] = (byte) Math.rint(values[i] / scales[i / run % count]);
        }
        return new Int8Matrix(whole, scales);
    }
}

package org.kemo.runtime.onnx;

/** Floating point in 16 bits (IEEE 754, binary16): a sign, 5 bits of exponent and 10 of fraction. */
final class Float16 {
    private static final int LARGEST = 0x7bff;
    private static final int NOT_A_NUMBER = 0x7e00;
    private static final int FRACTION_BITS = 23 - 10;

    private Float16() {}

    /**
     * The nearest number of 16 bits, the even one of two. What is beyond the range becomes the end of it, 65504 or -65504, and what is not
     * 0 does not become 0: so a number that hides others stays finite, and one that keeps a divisor from 0 keeps doing so.
     */
    static short bits(float value) {
        if (Float.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        float size = Math.abs(value);
        int sign = (Float.floatToIntBits(value) >>> 16) & 0x8000;
        return (short) (sign | (size < 0x1p-14f ? small(size) : usual(size)));
    }

    /** Below the numbers with a leading 1, steps are of one size. */
    private static int small(float size) {
        int steps = (int) Math.rint(size * 0x1p24);
        return size == 0 ? 0 : Math.max(steps, 1);
    }

    private static int usual(float size) {
        // Exponents count from 127 there and from 15 here; the carry of rounding goes into them as it should.
        int bits = Float.floatToIntBits(size) - ((127 - 15) << 23);
        int even = (bits >>> FRACTION_BITS) & 1;
        int rounded = (bits + (1 << (FRACTION_BITS - 1)) - 1 + even) >>> FRACTION_BITS;
        return Math.min(rounded, LARGEST);
    }
}

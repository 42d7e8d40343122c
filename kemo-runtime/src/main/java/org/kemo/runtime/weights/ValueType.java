package org.kemo.runtime.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of values that a safetensors file may hold and Kemo reads. */
enum ValueType {
    /** IEEE 754, 32 bits. */
    F32(Float.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            from.asFloatBuffer().get(to, offset, count);
        }
    },
    /** IEEE 754, 16 bits. */
    F16(Short.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = half(from.getShort(i * Short.BYTES));
            }
        }
    },
    /** The upper 16 bits of {@link #F32}. */
    BF16(Short.BYTES) {
        @Override
        void read(ByteBuffer from, float[] to, int offset, int count) {
            for (int i = 0; i < count; i++) {
                to[offset + i] = Float.intBitsToFloat(from.getShort(i * Short.BYTES) << 16);
            }
        }
    };

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one value. */
    int bytes() {
        return bytes;
    }

    /** Turns values into floats, from the beginning of a little-endian buffer. */
    abstract void read(ByteBuffer from, float[] to, int offset, int count);

    /** The type of that name; empty for one that Kemo does not read. */
    static Optional<ValueType> of(String name) {
        for (ValueType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As Float.float16ToFloat, which Java has from version 20. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float size =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24f;
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
                };
        return bits < 0 ? -size : size;
    }
}

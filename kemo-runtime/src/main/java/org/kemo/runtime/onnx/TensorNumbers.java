package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import java.nio.ByteBuffer;

/**
 * The numbers of a tensor in the type that a model holds them in.
 *
 * @param type of each
 * @param count how many
 * @param bytes of each
 * @param writer puts some of them where they go
 */
record TensorNumbers(OnnxMl.TensorProto.DataType type, int count, int bytes, Writer writer) {
    /** Puts numbers into a buffer. */
    @FunctionalInterface
    interface Writer {
        /**
         * Puts some of the numbers at the buffer's position and moves that behind them.
         *
         * @param from the first
         * @param count how many
         * @param to little-endian
         */
        void put(int from, int count, ByteBuffer to);
    }

    static TensorNumbers float32(float[] values) {
        return new TensorNumbers(OnnxMl.TensorProto.DataType.FLOAT, values.length, Float.BYTES, (from, count, to) -> {
            for (int i = from; i < from + count; i++) {
                to.putFloat(values[i]);
            }
        });
    }

    /** Rounded by {@link Float16#bits}. */
    static TensorNumbers float16(float[] values) {
        return new TensorNumbers(OnnxMl.TensorProto.DataType.FLOAT16, values.length, Short.BYTES, (from, count, to) -> {
            for (int i = from; i < from + count; i++) {
                to.putShort(Float16.bits(values[i]));
            }
        });
    }

    static TensorNumbers int8(byte[] values) {
        return new TensorNumbers(
                OnnxMl.TensorProto.DataType.INT8,
                values.length,
                Byte.BYTES,
                (from, count, to) -> to.put(values, from, count));
    }

    static TensorNumbers int64(long[] values) {
        return new TensorNumbers(OnnxMl.TensorProto.DataType.INT64, values.length, Long.BYTES, (from, count, to) -> {
            for (int i = from; i < from + count; i++) {
                to.putLong(values[i]);
            }
        });
    }
}

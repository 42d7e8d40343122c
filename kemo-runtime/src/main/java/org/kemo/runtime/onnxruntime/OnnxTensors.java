package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;

/** The way of tensors to ONNX Runtime and back. */
public final class OnnxTensors {
    private OnnxTensors() {}

    /** The same values in native memory, until it is closed. */
    public static OnnxTensor toNative(OrtEnvironment environment, Tensor tensor) throws OrtException {
        return tensor instanceof LongTensor ids
                ? toNative(environment, ids, OnnxJavaType.INT64)
                : OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(((FloatTensor) tensor).values()), shape(tensor));
    }

    /**
     * Whole numbers in the type that a model asks for.
     *
     * @param type INT64, INT32, or BOOL, for which all but 0 is true
     * @throws ArithmeticException where a number does not fit into the type
     */
    public static OnnxTensor toNative(OrtEnvironment environment, LongTensor tensor, OnnxJavaType type)
            throws OrtException {
        long[] values = tensor.values();
        return switch (type) {
            case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape(tensor));
            case INT32 ->
                OnnxTensor.createTensor(
                        environment,
                        IntBuffer.wrap(
                                Arrays.stream(values).mapToInt(Math::toIntExact).toArray()),
                        shape(tensor));
            case BOOL -> {
                ByteBuffer bytes = ByteBuffer.allocate(values.length);
                for (long value : values) {
                    bytes.put((byte) (value == 0 ? 0 : 1));
                }
                yield OnnxTensor.createTensor(environment, bytes.flip(), shape(tensor), OnnxJavaType.BOOL);
            }
            default -> throw new IllegalArgumentException("Whole numbers do not become [" + type + "]");
        };
    }

    private static long[] shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).asLongStream().toArray();
    }

    /** A copy of values of type float. */
    public static FloatTensor fromNative(OnnxTensor tensor) {
        int[] shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        FloatTensor copy = FloatTensor.zeros(shape);
        tensor.getFloatBuffer().get(copy.values());
        return copy;
    }
}

package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
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
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        if (tensor instanceof LongTensor ids) {
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(ids.values()), shape);
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(((FloatTensor) tensor).values()), shape);
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

package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where the numbers of a graph's tensors go. */
@FunctionalInterface
interface TensorStorage {
    /**
     * Stores numbers and tells the tensor where they are.
     *
     * @throws java.io.UncheckedIOException where they cannot be written
     */
    void store(float[] values, OnnxMl.TensorProto.Builder tensor);

    /** In the model itself. */
    static TensorStorage inTheModel() {
        return (values, tensor) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            tensor.setRawData(ByteString.copyFrom(bytes));
        };
    }
}

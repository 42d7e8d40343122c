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
    void store(TensorNumbers numbers, OnnxMl.TensorProto.Builder tensor);

    /** In the model itself. */
    static TensorStorage inTheModel() {
        return (numbers, tensor) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.count(), numbers.bytes()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            numbers.writer().put(0, numbers.count(), bytes);
            tensor.setRawData(ByteString.copyFrom(bytes.flip()));
        };
    }
}

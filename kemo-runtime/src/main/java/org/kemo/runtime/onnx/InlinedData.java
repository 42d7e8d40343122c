package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Takes the numbers that a {@link DataFile} holds into the model that lies beside it. They go from file to file, so that a model of
 * any size needs no more memory than its graph.
 *
 * @param model without numbers
 * @param data the file that holds them
 */
record InlinedData(ModelProto model, Path data) {
    /** What a message of protobuf can hold, with room for what stands around the graph. */
    static final long MOST = Integer.MAX_VALUE - (1L << 20);

    private static final int BUFFER = 1 << 20;

    /**
     * Makes one file of two, where that can hold all.
     *
     * @param file the model; replaced
     * @param data beside it; goes
     * @param most bytes of the graph
     * @return whether it is one file now
     */
    static boolean into(Path file, Path data, long most) throws IOException {
        ModelProto model;
        try (InputStream in = Files.newInputStream(file)) {
            model = ModelProto.parseFrom(in);
        }
        InlinedData inlined = new InlinedData(model, data);
        if (inlined.graphBytes() > most) {
            return false;
        }
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        inlined.write(aside);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(data);
        return true;
    }

    private long graphBytes() {
        long bytes = operations().getSerializedSize();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            long size = bytes(tensor);
            bytes += headerBytes(GraphProto.INITIALIZER_FIELD_NUMBER, size) + size;
        }
        return bytes;
    }

    private GraphProto operations() {
        return model.getGraph().toBuilder().clearInitializer().build();
    }

    /** A tensor's own fields, and its numbers where they lie outside. */
    private static long bytes(TensorProto tensor) {
        if (!isOutside(tensor)) {
            return tensor.getSerializedSize();
        }
        long numbers = entry(tensor, "length");
        return fields(tensor).getSerializedSize() + headerBytes(TensorProto.RAW_DATA_FIELD_NUMBER, numbers) + numbers;
    }

    private static boolean isOutside(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    private static TensorProto fields(TensorProto tensor) {
        return tensor.toBuilder().clearExternalData().clearDataLocation().build();
    }

    private static int headerBytes(int field, long size) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(size);
    }

    private static long entry(TensorProto tensor, String key) {
        return tensor.getExternalDataList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private void write(Path file) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                FileChannel numbers = FileChannel.open(data)) {
            CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER);
            model.toBuilder().clearGraph().build().writeTo(out);
            header(out, ModelProto.GRAPH_FIELD_NUMBER, graphBytes());
            operations().writeTo(out);
            for (TensorProto tensor : model.getGraph().getInitializerList()) {
                header(out, GraphProto.INITIALIZER_FIELD_NUMBER, bytes(tensor));
                if (isOutside(tensor)) {
                    fields(tensor).writeTo(out);
                    header(out, TensorProto.RAW_DATA_FIELD_NUMBER, entry(tensor, "length"));
                    copy(numbers, entry(tensor, "offset"), entry(tensor, "length"), out);
                } else {
                    tensor.writeTo(out);
                }
            }
            out.flush();
        }
    }

    private static void header(CodedOutputStream out, int field, long size) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt64NoTag(size);
    }

    private static void copy(FileChannel from, long offset, long length, CodedOutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, BUFFER));
        for (long done = 0; done < length; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
            int read = from.read(buffer, offset + done);
            if (read < 0) {
                throw new IOException("The numbers of the model end too early");
            }
            out.writeRawBytes(buffer.array(), 0, read);
            done += read;
        }
    }
}

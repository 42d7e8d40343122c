package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file beside a model that holds the numbers of its larger tensors, in the order in which they were asked for. */
final class DataFile implements TensorStorage, AutoCloseable {
    /** Smaller tensors stay in the model: ONNX Runtime reads some of them while it opens it. */
    private static final int SMALL = 256;

    /** Where a tensor may begin: at a page, so that ONNX Runtime can map it and need not copy it. */
    private static final int PAGE = 4096;

    private static final int BUFFER_NUMBERS = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private DataFile(Path file, FileChannel channel, long end) {
        this.file = file;
        this.channel = channel;
        this.end = end;
    }

    static DataFile create(Path file) throws IOException {
        return create(file, 0);
    }

    /** One that leaves so many bytes free before its first tensor. */
    static DataFile create(Path file, long free) throws IOException {
        return new DataFile(
                file,
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING),
                free);
    }

    @Override
    public void store(TensorNumbers numbers, OnnxMl.TensorProto.Builder tensor) {
        if (numbers.count() < SMALL) {
            TensorStorage.inTheModel().store(numbers, tensor);
            return;
        }
        long begin = (end + PAGE - 1) / PAGE * PAGE;
        try {
            end = write(numbers, begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tensor.setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", file.getFileName().toString()))
                .addExternalData(entry("offset", Long.toString(begin)))
                .addExternalData(entry("length", Long.toString(end - begin)));
    }

    private long write(TensorNumbers numbers, long begin) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.min(numbers.count(), BUFFER_NUMBERS) * numbers.bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        long position = begin;
        for (int done = 0; done < numbers.count(); done += BUFFER_NUMBERS) {
            numbers.writer().put(done, Math.min(BUFFER_NUMBERS, numbers.count() - done), buffer.clear());
            buffer.flip();
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
        }
        return position;
    }

    private static OnnxMl.StringStringEntryProto entry(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

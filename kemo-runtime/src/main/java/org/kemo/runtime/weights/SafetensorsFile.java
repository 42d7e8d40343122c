package org.kemo.runtime.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.Weights;

/**
 * A file in the safetensors format: the length of the header (u64, little-endian), a JSON header with type, shape and offsets of
 * each tensor, the values. The header is checked when it is opened, values are read when they are asked for, so that a file may
 * be larger than memory. Not mapped: a file that another process cuts short is then an error and not the end of this one.
 */
public final class SafetensorsFile implements Weights {
    /** As the reference implementation bounds it. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long valuesBegin;

    private SafetensorsFile(Path file, FileChannel channel, SafetensorsHeader header, long valuesBegin) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.valuesBegin = valuesBegin;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws KemoException category PLUGIN, where it is not such a file
     */
    public static SafetensorsFile open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                long size = channel.size();
                if (size == 0) {
                    throw SafetensorsHeader.damaged(file, "it is empty");
                }
                ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                long headerBytes =
                        size < Long.BYTES ? -1 : readFully(channel, length, 0).getLong(0);
                if (headerBytes < 0 || headerBytes > size - Long.BYTES || headerBytes > LONGEST_HEADER) {
                    throw SafetensorsHeader.damaged(file, "its header is cut off or too long");
                }
                byte[] json = new byte[(int) headerBytes];
                readFully(channel, ByteBuffer.wrap(json), Long.BYTES);
                long begin = Long.BYTES + headerBytes;
                return new SafetensorsFile(file, channel, SafetensorsHeader.parse(file, json, size - begin), begin);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw SafetensorsHeader.damaged(file, e.toString()).causedBy(e);
        }
    }

    @Override
    public Set<String> names() {
        return header.entries().keySet();
    }

    @Override
    public int[] shape(String name) {
        return entry(name).sizes();
    }

    @Override
    public FloatTensor read(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        ValueType type = ValueType.of(entry.type())
                .orElseThrow(() -> KemoException.plugin(
                        "The file [" + file + "] cannot be used: its tensor [" + name + "] holds values of type ["
                                + entry.type() + "].",
                        "Save it with values of the type F32, F16 or BF16."));
        FloatTensor tensor = FloatTensor.zeros(entry.sizes());
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, entry.end() - entry.begin()))
                .order(ByteOrder.LITTLE_ENDIAN);
        int perBuffer = BUFFER_BYTES / type.bytes();
        try {
            for (int done = 0; done < tensor.count(); done += perBuffer) {
                int count = Math.min(perBuffer, tensor.count() - done);
                buffer.clear().limit(count * type.bytes());
                readFully(channel, buffer, valuesBegin + entry.begin() + (long) done * type.bytes());
                type.read(buffer, tensor.values(), done, count);
            }
        } catch (IOException e) {
            throw SafetensorsHeader.damaged(file, e.toString()).causedBy(e);
        }
        return tensor;
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw KemoException.plugin(
                    "The file [" + file + "] has no tensor [" + name + "].",
                    "Use the weights of a model of the kind that its config.json names.");
        }
        return entry;
    }

    /** Fills a buffer and rewinds it. */
    private static ByteBuffer readFully(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        long position = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new EOFException("it ends at byte " + position);
            }
            position += read;
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written: what was read stays right.
            return;
        }
    }
}

package org.kemo.manifest.features;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/**
 * Reads arrays in NumPy's format, versions 1 to 3. Memory is taken only after the header was found to agree with the size of the file.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NumpyFile {
    private static final int CHUNK = 1 << 16;

    private final Path file;

    private NumpyFile(Path file) {
        this.file = file;
    }

    static FloatTensor read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw KemoException.input("The file of features [" + file + "] does not exist.", "Correct its path.");
        }
        return new NumpyFile(file).read();
    }

    private FloatTensor read() {
        try (FileChannel channel = FileChannel.open(file)) {
            NumpyHeader header = NumpyHeader.read(channel, file);
            long expected = channel.position() + header.bytes();
            if (channel.size() != expected) {
                throw KemoException.input(
                        "The file of features [" + file + "] has [" + channel.size()
                                + "] bytes where its header needs [" + expected + "].",
                        "It was cut off or altered: write it again.");
            }
            return FloatTensor.of(values(channel, header), header.steps(), header.width());
        } catch (IOException e) {
            throw KemoException.input(
                            "The file of features [" + file + "] cannot be read.", "Check that it may be read.")
                    .causedBy(e);
        }
    }

    private float[] values(FileChannel channel, NumpyHeader header) throws IOException {
        float[] values = new float[header.steps() * header.width()];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < values.length) {
            chunk.clear().limit((int) Math.min(CHUNK, (long) (values.length - at) * header.itemSize()));
            fill(channel, chunk);
            while (chunk.hasRemaining()) {
                float value = header.itemSize() == Float.BYTES ? chunk.getFloat() : (float) chunk.getDouble();
                if (!Float.isFinite(value)) {
                    throw KemoException.input(
                            "The features [" + file + "] hold [" + value + "] at step [" + at / header.width()
                                    + "], feature [" + at % header.width() + "].",
                            "Write finite numbers within the range of float32.");
                }
                values[at++] = value;
            }
        }
        return values;
    }

    /** Reads until the buffer is full, and turns it over. */
    static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("The file ends early.");
            }
        }
        buffer.flip();
    }
}

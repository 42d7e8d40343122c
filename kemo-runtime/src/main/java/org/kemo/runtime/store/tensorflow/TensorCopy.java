package org.kemo.runtime.store.tensorflow;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.kemo.runtime.store.download.Room;
import org.kemo.runtime.store.tensorflow.BertTensors.Renamed;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the tensors of a checkpoint as a safetensors file: the length of the header (u64, little-endian), a JSON header with type,
 * shape and offsets of each, the values. The data are read from their first byte to their last, so that they may come from within an
 * archive, and never held as a whole; a matrix that is transposed is.
 */
final class TensorCopy {
    private static final int BUFFER_BYTES = 1 << 20;

    /** The largest matrix of the largest BERT has 16 MiB. */
    private static final int LARGEST_TRANSPOSED = 1 << 28;

    private static final int ALIGNMENT = 8;

    private final Collection<Renamed> tensors;
    private final LongConsumer progress;

    /**
     * A copy.
     *
     * @param tensors in the order in which they lie
     * @param progress gets the bytes of values that are done
     */
    TensorCopy(Collection<Renamed> tensors, LongConsumer progress) {
        this.tensors = tensors;
        this.progress = progress;
    }

    /** Bytes of all values. */
    long bytes() {
        return tensors.stream().mapToLong(each -> each.tensor().bytes()).sum();
    }

    /**
     * Writes the file.
     *
     * @param data of the checkpoint
     * @throws DamagedCheckpoint where the data are not what the index says
     */
    void write(InputStream data, Path file) throws IOException {
        byte[] header = header();
        OutputStream opened = open(file);
        try (OutputStream out = new BufferedOutputStream(opened, BUFFER_BYTES)) {
            put(
                    out,
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .array(),
                    file);
            put(out, header, file);
            long at = 0;
            long done = 0;
            for (Renamed each : tensors) {
                data.skipNBytes(each.tensor().offset() - at);
                copy(each, data, out, file, done);
                at = each.tensor().offset() + each.tensor().bytes();
                done += each.tensor().bytes();
            }
        }
    }

    private byte[] header() {
        JsonMapper json = JsonMapper.shared();
        ObjectNode header = json.createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (Renamed each : tensors) {
            ObjectNode entry = header.putObject(each.name());
            entry.put("dtype", "F32");
            each.shape().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets")
                    .add(offset)
                    .add(offset + each.tensor().bytes());
            offset += each.tensor().bytes();
        }
        byte[] text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        byte[] aligned = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(aligned, text.length, aligned.length, (byte) ' ');
        return aligned;
    }

    private void copy(Renamed each, InputStream data, OutputStream out, Path file, long done) throws IOException {
        CRC32C sum = new CRC32C();
        if (each.transposed()) {
            if (each.tensor().bytes() > LARGEST_TRANSPOSED) {
                throw new DamagedCheckpoint("its matrix " + each.tensor().name() + " is too large");
            }
            byte[] matrix = data.readNBytes((int) each.tensor().bytes());
            checkLength(matrix.length, each.tensor().bytes());
            sum.update(matrix);
            put(
                    out,
                    transposed(
                            matrix,
                            each.tensor().shape().get(0),
                            each.tensor().shape().get(1)),
                    file);
            progress.accept(done + matrix.length);
        } else {
            byte[] buffer = new byte[BUFFER_BYTES];
            long left = each.tensor().bytes();
            while (left > 0) {
                int count = (int) Math.min(left, buffer.length);
                checkLength(data.readNBytes(buffer, 0, count), count);
                sum.update(buffer, 0, count);
                put(out, count == buffer.length ? buffer : Arrays.copyOf(buffer, count), file);
                left -= count;
                progress.accept(done + each.tensor().bytes() - left);
            }
        }
        if (MaskedSum.of(sum) != each.tensor().maskedSum()) {
            throw new DamagedCheckpoint("the sum of its tensor " + each.tensor().name() + " is wrong");
        }
    }

    private static void checkLength(int found, long expected) throws IOException {
        if (found != expected) {
            throw new DamagedCheckpoint("its data are cut off");
        }
    }

    private static byte[] transposed(byte[] matrix, int rows, int columns) {
        ByteBuffer from = ByteBuffer.wrap(matrix);
        ByteBuffer to = ByteBuffer.allocate(matrix.length);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to.putInt(from.getInt((row * columns + column) * Float.BYTES));
            }
        }
        return to.array();
    }

    /** Reading and writing fail in different words: a damaged file, a full disk. */
    private static void put(OutputStream out, byte[] bytes, Path file) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }

    private static OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }
}

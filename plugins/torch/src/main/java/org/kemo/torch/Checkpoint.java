package org.kemo.torch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;

/**
 * What a trainer has to remember, in one file: big-endian header fields, little-endian values, a CRC-32 at the end.
 *
 * @param steps the number of steps taken
 * @param parameters all parameters by scoped name
 * @param mean the optimizer's mean of the gradients, for those that are trained
 * @param square the optimizer's mean of their squares, likewise
 */
record Checkpoint(
        long steps,
        Map<String, FloatTensor> parameters,
        Map<String, FloatTensor> mean,
        Map<String, FloatTensor> square) {
    private static final int MAGIC = 0x4b454d54;
    private static final int VERSION = 1;
    private static final int BUFFER = 1 << 16;

    /** Writes it beside its place and moves it there once it is whole and on the disk: a kill leaves the old one. */
    void write(Path file) {
        Path target = file.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            // No temporary file, which its owner alone could read.
            Path aside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                try (FileChannel channel =
                        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    write(Channels.newOutputStream(channel));
                    channel.force(true);
                }
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The checkpoint [" + file + "] cannot be written: [" + e + "].",
                            "Give the training a folder that can be written to, with room on its disk.")
                    .causedBy(e);
        }
    }

    private void write(OutputStream file) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(file, BUFFER), new CRC32());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(steps);
        for (Map<String, FloatTensor> tensors : List.of(parameters, mean, square)) {
            out.writeInt(tensors.size());
            for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
                out.writeUTF(entry.getKey());
                write(out, entry.getValue());
            }
        }
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    private static void write(DataOutputStream out, FloatTensor tensor) throws IOException {
        out.writeInt(tensor.rank());
        for (int size : tensor.shape()) {
            out.writeInt(size);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(tensor.count(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        out.write(bytes.array());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws KemoException category CONFIGURATION, where the file is not there, not whole or not a checkpoint
     */
    static Checkpoint read(Path file) {
        try {
            // Before a length in it is believed.
            requireWhole(file);
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
                if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                    throw new IOException("it is not a checkpoint of this version");
                }
                return new Checkpoint(in.readLong(), readTensors(in), readTensors(in), readTensors(in));
            }
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The checkpoint [" + file + "] cannot be read: [" + e + "].",
                            "Remove the folder [" + file.toAbsolutePath().getParent() + "] to begin anew.")
                    .causedBy(e);
        }
    }

    private static void requireWhole(Path file) throws IOException {
        CRC32 sum = new CRC32();
        long left = Files.size(file) - Long.BYTES;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            byte[] part = new byte[BUFFER];
            while (left > 0) {
                int read = in.read(part, 0, (int) Math.min(part.length, left));
                sum.update(part, 0, read);
                left -= read;
            }
            if (left < 0 || in.readLong() != sum.getValue()) {
                throw new IOException("it is not whole");
            }
        }
    }

    private static Map<String, FloatTensor> readTensors(DataInputStream in) throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            tensors.put(in.readUTF(), readTensor(in));
        }
        return tensors;
    }

    private static FloatTensor readTensor(DataInputStream in) throws IOException {
        int[] shape = new int[in.readInt()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = in.readInt();
        }
        FloatTensor tensor = FloatTensor.zeros(shape);
        byte[] bytes = in.readNBytes(Math.multiplyExact(tensor.count(), Float.BYTES));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(tensor.values());
        return tensor;
    }
}

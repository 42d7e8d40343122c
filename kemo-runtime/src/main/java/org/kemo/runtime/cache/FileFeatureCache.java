package org.kemo.runtime.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link FeatureCache} of one file for each result, named by the SHA-256 of its key. Files are written aside and moved, so
 * that neither a kill nor a second process leaves half a result; a file that is damaged all the same is computed anew. Where files
 * cannot be read or written, that is said once in the log, and the results are computed.
 *
 * <p>A file holds, little-endian: the CRC-32C of all that follows, the number of axes, their sizes, the values.
 */
public final class FileFeatureCache implements FeatureCache {
    private static final Logger LOG = LoggerFactory.getLogger(FileFeatureCache.class);

    private final Path folder;
    private final LongAdder computed = new LongAdder();
    private final AtomicBoolean said = new AtomicBoolean();

    /** A cache in that folder, which is made when the first result is written. */
    public FileFeatureCache(Path folder) {
        this.folder = folder;
    }

    @Override
    public FloatTensor get(String key, Supplier<FloatTensor> compute) {
        Path file = file(key);
        Optional<FloatTensor> kept = read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        FloatTensor value = compute.get();
        computed.increment();
        write(file, value);
        return value;
    }

    @Override
    public Optional<FloatTensor> kept(String key) {
        return read(file(key));
    }

    private Path file(String key) {
        String name = Sha256.of(key);
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    /** How many results this instance has computed rather than found. */
    public long computed() {
        return computed.sum();
    }

    private Optional<FloatTensor> read(Path file) {
        try {
            return unpack(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            say(e);
            return Optional.empty();
        }
    }

    private void write(Path file, FloatTensor value) {
        try {
            WholeFile.replace(file, pack(value));
        } catch (IOException e) {
            say(e);
        }
    }

    private void say(IOException e) {
        if (said.compareAndSet(false, true)) {
            LOG.warn(
                    "The feature cache [{}] cannot be used: [{}]. Results are computed each time. Correct its permissions, make room, or"
                            + " name another folder with host.cache.folder.",
                    folder,
                    e.toString());
        }
    }

    private static byte[] pack(FloatTensor value) {
        int[] shape = value.shape();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (2 + shape.length) + Float.BYTES * value.count())
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(Integer.BYTES).putInt(shape.length);
        for (int size : shape) {
            bytes.putInt(size);
        }
        bytes.asFloatBuffer().put(value.values());
        return bytes.putInt(0, sum(bytes)).array();
    }

    /** Empty where the sum says that it is not what was written. */
    private static Optional<FloatTensor> unpack(ByteBuffer bytes) {
        if (bytes.capacity() < 2 * Integer.BYTES || bytes.getInt() != sum(bytes)) {
            return Optional.empty();
        }
        int[] shape = new int[bytes.getInt()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = bytes.getInt();
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return Optional.of(FloatTensor.of(values, shape));
    }

    /** Of everything behind the sum itself. */
    private static int sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(Integer.BYTES, bytes.capacity() - Integer.BYTES));
        return (int) sum.getValue();
    }
}

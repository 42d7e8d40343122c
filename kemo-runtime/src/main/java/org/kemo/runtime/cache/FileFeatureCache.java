package org.kemo.runtime.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.FeatureCache;

/**
 * A {@link FeatureCache} of one file for each result, named by the SHA-256 of its key. Files are written aside and moved, so
 * that neither a kill nor a second process leaves half a result; a file that is damaged all the same is computed anew.
 */
public final class FileFeatureCache implements FeatureCache {
    private static final int MAGIC = 0x4b454d4f;

    private final Path folder;
    private final LongAdder computed = new LongAdder();

    /** A cache in that folder, which is made when the first result is written. */
    public FileFeatureCache(Path folder) {
        this.folder = folder;
    }

    @Override
    public FloatTensor get(String key, Supplier<FloatTensor> compute) {
        String name = sha256(key);
        Path file = folder.resolve(name.substring(0, 2)).resolve(name);
        Optional<FloatTensor> kept = read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        FloatTensor value = compute.get();
        computed.increment();
        write(file, value);
        return value;
    }

    /** How many results this instance has computed rather than found. */
    public long computed() {
        return computed.sum();
    }

    private static Optional<FloatTensor> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() < 8 || bytes.getInt() != MAGIC) {
                return Optional.empty();
            }
            int rank = bytes.getInt();
            if (rank < 0 || rank > bytes.remaining() / Integer.BYTES) {
                return Optional.empty();
            }
            int[] shape = new int[rank];
            long count = 1;
            for (int axis = 0; axis < rank; axis++) {
                shape[axis] = bytes.getInt();
                count = shape[axis] < 0 || count > Integer.MAX_VALUE ? -1 : count * shape[axis];
            }
            if (count < 0 || bytes.remaining() != count * Float.BYTES) {
                return Optional.empty();
            }
            float[] values = new float[(int) count];
            bytes.asFloatBuffer().get(values);
            return Optional.of(FloatTensor.of(values, shape));
        } catch (IOException e) {
            throw new UncheckedIOException("The cached result " + file + " cannot be read", e);
        }
    }

    private static void write(Path file, FloatTensor value) {
        int[] shape = value.shape();
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * shape.length + Float.BYTES * value.count())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(shape.length);
        for (int size : shape) {
            bytes.putInt(size);
        }
        bytes.asFloatBuffer().put(value.values());
        try {
            Files.createDirectories(file.getParent());
            Path aside = Files.createTempFile(file.getParent(), "aside", ".tmp");
            Files.write(aside, bytes.array());
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The result " + file + " cannot be kept", e);
        }
    }

    private static String sha256(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

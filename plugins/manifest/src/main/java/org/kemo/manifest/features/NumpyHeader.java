package org.kemo.manifest.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;

/**
 * What an array says of itself: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }}, a dictionary written in Python.
 *
 * @param itemSize the bytes of a number: 4 or 8
 * @param steps T; 1 for an array of one axis
 * @param width D
 */
record NumpyHeader(int itemSize, int steps, int width) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    // NumPy itself reads no longer header of a file that is not trusted.
    private static final int LONGEST = 10_000;
    // Beyond that a file holds no utterance.
    private static final long MOST_VALUES = 1L << 28;

    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[)");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

    /** The bytes of all numbers. */
    long bytes() {
        return (long) steps * width * itemSize;
    }

    /** Reads the header, after which the channel stands at the first number. */
    static NumpyHeader read(FileChannel channel, Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        require(channel.size() >= start.capacity() + 2, file, "is too short for an array of NumPy");
        NumpyFile.fill(channel, start);
        require(Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length), file, "is no array of NumPy");
        int version = start.get(MAGIC.length);
        require(version >= 1 && version <= 3, file, "is of the version [" + version + "] of NumPy's format");

        ByteBuffer size =
                ByteBuffer.allocate(version == 1 ? Short.BYTES : Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        require(channel.size() >= channel.position() + size.capacity(), file, "is too short for an array of NumPy");
        NumpyFile.fill(channel, size);
        long length = version == 1 ? Short.toUnsignedInt(size.getShort()) : Integer.toUnsignedLong(size.getInt());
        require(
                length <= LONGEST && channel.size() >= channel.position() + length,
                file,
                "says that its header has [" + length + "] bytes");
        ByteBuffer text = ByteBuffer.allocate((int) length);
        NumpyFile.fill(channel, text);
        return parse(StandardCharsets.UTF_8.decode(text).toString(), file);
    }

    private static NumpyHeader parse(String header, Path file) {
        String description = find(DESCRIPTION, header, file);
        int itemSize =
                switch (description) {
                    case "'<f4'" -> Float.BYTES;
                    case "'<f8'" -> Double.BYTES;
                    default -> throw bad(file, "holds numbers of the kind [" + description + "]");
                };
        require(find(ORDER, header, file).equals("False"), file, "is in the order of Fortran");
        String shape = find(SHAPE, header, file);
        List<Long> sizes = Arrays.stream(shape.split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .map(size -> size.matches("\\d{1,9}") ? Long.parseLong(size) : Long.MAX_VALUE)
                .toList();
        require(sizes.size() == 1 || sizes.size() == 2, file, "is of the shape [(" + shape + ")]");
        long steps = sizes.size() == 1 ? 1 : sizes.get(0);
        long width = sizes.get(sizes.size() - 1);
        require(
                width > 0 && steps <= MOST_VALUES && width <= MOST_VALUES && steps * width <= MOST_VALUES,
                file,
                "is of the shape [(" + shape + ")]");
        return new NumpyHeader(itemSize, (int) steps, (int) width);
    }

    private static String find(Pattern entry, String header, Path file) {
        Matcher matcher = entry.matcher(header);
        return Optional.of(matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElseThrow(() -> bad(file, "has the header [" + header.strip() + "]"));
    }

    private static void require(boolean holds, Path file, String what) {
        if (!holds) {
            throw bad(file, what);
        }
    }

    private static KemoException bad(Path file, String what) {
        return KemoException.input(
                "The file of features [" + file + "] " + what + ".",
                "Write it by numpy.save(path, numpy.ascontiguousarray(x, dtype='<f4')), x of the shape (T, D) or (D,).");
    }
}

package org.kemo.runtime.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.kemo.api.KemoException;

/** The bytes of a file, one after the other through one buffer. Not for several threads. */
final class ByteSource {
    private static final int CAPACITY = 1 << 16;

    private final InputStream stream;
    private final Path path;
    private final byte[] buffer = new byte[CAPACITY];
    private int next;
    private int end;

    ByteSource(InputStream stream, Path path) {
        this.stream = stream;
        this.path = path;
    }

    /** The file, for messages. */
    Path path() {
        return path;
    }

    /** The next bytes without moving on; fewer at the end of the file. */
    byte[] peek(int count) throws IOException {
        while (end - next < count && fill()) {
            // until there is enough
        }
        return Arrays.copyOfRange(buffer, next, Math.min(end, next + count));
    }

    /** The next byte, 0 to 255, or -1 at the end of the file. */
    int read() throws IOException {
        return next < end || fill() ? buffer[next++] & 0xFF : -1;
    }

    /** Reads as many bytes as there are, up to {@code count}. */
    int read(byte[] target, int count) throws IOException {
        int done = 0;
        while (done < count && (next < end || fill())) {
            int part = Math.min(count - done, end - next);
            System.arraycopy(buffer, next, target, done, part);
            next += part;
            done += part;
        }
        return done;
    }

    /** An unsigned number of so many bytes, 1 to 8, lowest byte first. */
    long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) required() << (8 * i);
        }
        return value;
    }

    /** An unsigned number of so many bytes, 1 to 8, highest byte first. */
    long bigEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | required();
        }
        return value;
    }

    /** Moves on by so many bytes. */
    void skip(long count) throws IOException {
        long buffered = Math.min(count, end - next);
        next += (int) buffered;
        for (long left = count - buffered; left > 0; ) {
            long skipped = stream.skip(left);
            if (skipped == 0) {
                required();
                skipped = 1;
            }
            left -= skipped;
        }
    }

    private int required() throws IOException {
        int value = read();
        if (value < 0) {
            throw KemoException.input(
                    "The file [" + path + "] ends in the middle of its header.", "Copy or record it again.");
        }
        return value;
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, end - next);
            end -= next;
            next = 0;
        }
        int read = stream.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }
}

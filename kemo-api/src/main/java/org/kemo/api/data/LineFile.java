package org.kemo.api.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;

/**
 * The lines of a UTF-8 file, each decoded by itself, so that bytes that are not UTF-8 cost only their own line. For readers of
 * data sets that name a bad line by its number and go on.
 */
public final class LineFile {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LITTLE_ENDIAN = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] BIG_ENDIAN = {(byte) 0xFE, (byte) 0xFF};

    private LineFile() {}

    /**
     * A line as it was read.
     *
     * @param number from 1
     * @param text without its line break; empty where the bytes are not UTF-8
     */
    public record Line(int number, Optional<String> text) {}

    /**
     * Reads all lines; LF and CRLF end one, or CR where the file holds no LF, and a byte order mark is passed over. A line break at the
     * end of the file begins no further line.
     *
     * @throws KemoException category INPUT, where the file cannot be read or is UTF-16
     */
    public static List<Line> read(Path file) {
        byte[] bytes = bytes(file);
        if (isUtf16(bytes)) {
            throw KemoException.input("The file [" + file + "] is UTF-16, not UTF-8.", "Save it as UTF-8.");
        }
        List<Line> lines = new ArrayList<>();
        int from = startsWith(BYTE_ORDER_MARK, bytes) ? BYTE_ORDER_MARK.length : 0;
        char lineBreak = next('\n', bytes, from) < bytes.length ? '\n' : '\r';
        while (from < bytes.length) {
            int to = next(lineBreak, bytes, from);
            int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
            lines.add(new Line(lines.size() + 1, decode(bytes, from, end)));
            from = to + 1;
        }
        return lines;
    }

    /** Where a character stands next; the length where it does not. */
    private static int next(char character, byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != character) {
            at++;
        }
        return at;
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw KemoException.input("[" + file + "] is a folder, not a file.", "Name the files in it one by one.");
        }
        if (!Files.isRegularFile(file)) {
            throw KemoException.input(
                    "The file [" + file + "] does not exist.", "Correct the path in the configuration.");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw KemoException.input("The file [" + file + "] cannot be read.", "Check that it may be read.")
                    .causedBy(e);
        }
    }

    /** By its mark or, without one, by the byte of 0 in its first character, where that is of ASCII, or in its first line break. */
    private static boolean isUtf16(byte[] bytes) {
        int lineBreak = next('\n', bytes, 0);
        return startsWith(LITTLE_ENDIAN, bytes)
                || startsWith(BIG_ENDIAN, bytes)
                || IntStream.of(0, 1, lineBreak - 1, lineBreak + 1)
                        .anyMatch(at -> at >= 0 && at < bytes.length && bytes[at] == 0);
    }

    private static boolean startsWith(byte[] mark, byte[] bytes) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static Optional<String> decode(byte[] bytes, int from, int to) {
        try {
            // A new decoder reports what is malformed; String's constructor would replace it.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

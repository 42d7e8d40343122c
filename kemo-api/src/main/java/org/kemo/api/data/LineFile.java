package org.kemo.api.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;

/**
 * The lines of a UTF-8 file, each decoded by itself, so that bytes that are not UTF-8 cost only their own line. For readers of
 * data sets that name a bad line by its number and go on.
 */
public final class LineFile {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

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
     * @throws KemoException category INPUT, where the file cannot be read
     */
    public static List<Line> read(Path file) {
        byte[] bytes = bytes(file);
        List<Line> lines = new ArrayList<>();
        int from = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
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

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
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

package org.kemo.runtime.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.kemo.api.KemoException;

/** Files that are there whole or not at all: written aside and moved. */
public final class WholeFile {
    /** What is handed on at once: Java copies it into memory that it keeps for each thread. */
    private static final int PIECE_BYTES = 1 << 16;

    private WholeFile() {}

    /**
     * Writes a file to the disk, replacing what stood there.
     *
     * @param parts written one after the other
     * @throws KemoException category CONFIGURATION, where it cannot be written
     */
    public static void write(Path file, byte[]... parts) {
        if (file.getFileName() == null) {
            throw KemoException.configuration("The path [" + file + "] names no file.", "Name one in that folder.");
        }
        try {
            replace(file, List.of(parts), true);
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The file [" + file + "] cannot be written: [" + e + "].",
                            "Make room there and check the permissions, or name another place.")
                    .causedBy(e);
        }
    }

    /**
     * The same for what can be made anew: it does not wait for the disk, so that a machine that stops may leave an empty file.
     *
     * @param parts written one after the other
     * @throws IOException where it cannot be written
     */
    public static void replace(Path file, byte[]... parts) throws IOException {
        replace(file, List.of(parts), false);
    }

    private static void replace(Path file, List<byte[]> parts, boolean forced) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Another process may write the same file. No temporary file, which its owner alone could read.
        Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            // A stream: a channel takes nothing from a thread that was interrupted.
            try (OutputStream out =
                    Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (byte[] part : parts) {
                    write(part, out);
                }
            }
            if (forced) {
                force(aside);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void write(byte[] part, OutputStream out) throws IOException {
        int written = 0;
        while (written < part.length) {
            int piece = Math.min(PIECE_BYTES, part.length - written);
            out.write(part, written, piece);
            written += piece;
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}

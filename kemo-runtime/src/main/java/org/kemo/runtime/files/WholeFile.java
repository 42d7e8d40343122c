package org.kemo.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.kemo.api.KemoException;

/** Files that are there whole or not at all: written aside, forced to disk and moved. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, replacing what stood there.
     *
     * @param parts written one after the other
     * @throws KemoException category CONFIGURATION, where it cannot be written
     */
    public static void write(Path file, byte[]... parts) {
        if (file.getFileName() == null) {
            throw KemoException.configuration("The path [" + file + "] names no file.", "Name one in that folder.");
        }
        // Another process may write the same file.
        Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                write(aside, List.of(parts));
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The file [" + file + "] cannot be written: [" + e + "].",
                            "Make room there and check the permissions, or name another place.")
                    .causedBy(e);
        }
    }

    private static void write(Path file, List<byte[]> parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (byte[] part : parts) {
                ByteBuffer buffer = ByteBuffer.wrap(part);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
    }
}

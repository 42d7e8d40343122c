package org.kemo.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.kemo.api.KemoException;

/** Files that are there whole or not at all: written aside, forced to disk and moved. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, replacing what stood there.
     *
     * @param parts written one after the other
     * @throws KemoException category INPUT, where it cannot be written
     */
    public static void write(Path file, byte[]... parts) {
        Path aside = file.resolveSibling("." + file.getFileName() + ".aside");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (byte[] part : parts) {
                    ByteBuffer buffer = ByteBuffer.wrap(part);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw KemoException.input(
                            "The file [" + file + "] cannot be written: " + e.getMessage() + ".",
                            "Check the room on the disk and the permissions.")
                    .causedBy(e);
        }
    }
}

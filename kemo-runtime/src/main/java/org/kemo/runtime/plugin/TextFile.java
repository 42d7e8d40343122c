package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** A small file of lines that several processes read and write: a reader sees the old lines or the new ones, never a part. */
final class TextFile {
    private TextFile() {}

    /** The lines without those that are empty or start with {@code #}; none where the file does not exist. */
    static List<String> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Writes the lines aside and moves them into place. */
    static void replace(Path file, List<String> lines) throws IOException {
        // Not a temporary file: those can be read by their owner alone, and others read a list of plugins too.
        Path aside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            Files.write(aside, lines, StandardOpenOption.CREATE_NEW);
            moveIntoPlace(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void moveIntoPlace(Path aside, Path file) throws IOException {
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

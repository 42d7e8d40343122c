package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.files.WholeFile;

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

    /** The same of a file that can be made again: one that is damaged, so that it is no text, has no lines. */
    static List<String> readIfText(Path file) throws IOException {
        try {
            return read(file);
        } catch (CharacterCodingException damaged) {
            return List.of();
        }
    }

    /**
     * Writes the lines to the disk, in the place of those that stood there.
     *
     * @throws KemoException category CONFIGURATION, where the file cannot be written
     */
    static void write(Path file, List<String> lines) {
        WholeFile.write(file, text(lines));
    }

    /** The same for lines that can be found again, which a machine that stops may lose. */
    static void replace(Path file, List<String> lines) throws IOException {
        WholeFile.replace(file, text(lines));
    }

    private static byte[] text(List<String> lines) {
        return lines.stream()
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}

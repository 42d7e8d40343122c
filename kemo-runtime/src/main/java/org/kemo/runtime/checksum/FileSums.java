package org.kemo.runtime.checksum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.kemo.runtime.files.WholeFile;

/**
 * The SHA-256 sums of files, each computed once as long as path, size, time of change and the file system's own key stay the same:
 * a pretrained model of a gigabyte takes seconds to read. Sums of large files can be kept in a folder for the next process. Safe
 * for use by several threads and processes at once.
 */
public final class FileSums {
    /** Smaller files are summed faster than a note of them is worth. */
    private static final long LARGE_BYTES = 32L << 20;

    private final Optional<Path> folder;
    private final Map<String, String> sums;
    private final boolean anew;

    private FileSums(Optional<Path> folder, Map<String, String> sums, boolean anew) {
        this.folder = folder;
        this.sums = sums;
        this.anew = anew;
    }

    /** Sums that this process alone remembers. */
    public static FileSums inMemory() {
        return new FileSums(Optional.empty(), new ConcurrentHashMap<>(), false);
    }

    /**
     * Sums of files of 32 MiB and above that are kept in a folder too.
     *
     * @param folder made where it does not exist; where it cannot be written to, nothing is kept
     */
    public static FileSums keptIn(Path folder) {
        return new FileSums(Optional.of(folder), new ConcurrentHashMap<>(), false);
    }

    /** The same sums, but that every file is read: what is found is remembered in place of what was. */
    public FileSums anew() {
        return new FileSums(folder, sums, true);
    }

    /** The sum of a file, 64 hexadecimal digits. */
    public String of(Path file) throws IOException {
        Path real = file.toRealPath();
        FileState now = FileState.of(real);
        String state = real + "|" + now.bytes() + "|" + now.modified() + "|"
                + now.key().orElse(null);
        String known = sums.get(state);
        if (known != null && !anew) {
            return known;
        }
        Optional<Path> note =
                folder.filter(kept -> now.bytes() >= LARGE_BYTES).map(kept -> kept.resolve(Sha256.of(state)));
        Optional<String> noted = anew ? Optional.empty() : note.flatMap(FileSums::read);
        String sum = noted.isPresent() ? noted.get() : Sha256.of(real);
        if (noted.isEmpty()) {
            note.ifPresent(path -> write(path, sum));
        }
        sums.put(state, sum);
        return sum;
    }

    /**
     * The sum of a file, or that of a folder: of the names and sums of all files in it, wherever it lies and in whatever order they come.
     */
    public String ofAll(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return of(place);
        }
        List<String> lines = new ArrayList<>();
        for (Path file : files(place)) {
            lines.add(of(file) + " " + place.relativize(file));
        }
        return Sha256.of(String.join("\n", lines));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<String> read(Path note) {
        try {
            return Optional.of(Files.readString(note)).filter(sum -> sum.matches("[0-9a-f]{64}"));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static void write(Path note, String sum) {
        try {
            WholeFile.replace(note, sum.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The sum is right all the same; the next process computes it again.
            return;
        }
    }
}

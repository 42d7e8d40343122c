package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The SHA-256 sums of archives that were summed before, so that a start need not read them again. An archive is taken for the
 * same while its path, size, time of change and file key (the inode) are.
 *
 * <p>What is loaded is the unpacked copy that bears the sum, so an archive that was exchanged behind an unchanged stamp is not
 * loaded unsummed: the one that was summed is.
 */
final class RememberedSums {
    private final Path file;
    private final Map<String, String> sums;
    private final Map<String, String> seen = new TreeMap<>();

    private RememberedSums(Path file, Map<String, String> sums) {
        this.file = file;
        this.sums = sums;
    }

    /** Reads the file, where there is one; each line is a sum and, after a space, the stamp of an archive. */
    static RememberedSums open(Path file) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String line : TextFile.readIfText(file)) {
            // Sum, size, time, key, path; a line that is none of this is forgotten.
            if (line.split(" ", 5).length == 5) {
                int space = line.indexOf(' ');
                sums.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return new RememberedSums(file, sums);
    }

    /** Knows nothing yet. */
    static RememberedSums forgotten(Path file) {
        return new RememberedSums(file, Map.of());
    }

    /** The sum of an archive, where it is known and the archive has not changed. */
    Optional<String> find(Path archive) throws IOException {
        String stamp = stamp(archive);
        Optional<String> sum = Optional.ofNullable(sums.get(stamp));
        sum.ifPresent(known -> seen.put(stamp, known));
        return sum;
    }

    /**
     * Remembers the sum of an archive once {@link #save} is called.
     *
     * @param stamp that it had before it was opened: another may have taken its place since
     */
    void put(String stamp, String sha256) {
        seen.put(stamp, sha256);
    }

    /** Writes what was found or put since, where that is not what stands there already and can be written. */
    void save() {
        Map<String, String> all = new TreeMap<>(sums);
        all.keySet()
                .removeIf(stamp -> !Files.exists(path(stamp))
                        || seen.keySet().stream().anyMatch(s -> path(s).equals(path(stamp))));
        all.putAll(seen);
        if (!all.equals(sums)) {
            List<String> lines = new ArrayList<>();
            all.forEach((stamp, sum) -> lines.add(sum + " " + stamp));
            write(lines);
        }
    }

    private void write(List<String> lines) {
        try {
            TextFile.replace(file, lines);
        } catch (IOException e) {
            // The sums are right all the same; the next process computes them again.
            return;
        }
    }

    /** Size, time, key and path, in this order: only the path may hold a space. */
    static String stamp(Path archive) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(archive, BasicFileAttributes.class);
        String key = String.valueOf(attributes.fileKey()).replace(' ', '_');
        return attributes.size() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + key + " "
                + archive;
    }

    private static Path path(String stamp) {
        return Path.of(stamp.split(" ", 4)[3]);
    }
}

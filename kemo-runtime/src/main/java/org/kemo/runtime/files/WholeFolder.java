package org.kemo.runtime.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that are there whole or not at all: written aside, in the folder around them, and moved. */
public final class WholeFolder {
    /** Behind the name of a folder, with a dot before it and a number behind. */
    private static final String ASIDE = ".aside";

    private static final Pattern LEFT_ASIDE = Pattern.compile("\\.(.+)\\" + ASIDE + "\\d+");

    /** What stood there before, within what is aside. */
    private static final String EARLIER = "earlier";

    private WholeFolder() {}

    /** Writes what goes into a folder. */
    @FunctionalInterface
    public interface Content {
        /** Writes into a folder that is there and empty. */
        void write(Path folder) throws IOException;
    }

    /**
     * Writes a folder. One that stood there makes way when all is written, and comes back where the new one cannot take its place.
     * What a killed process left aside of it goes first. For one process at a time: of two that write the same folder one may fail.
     *
     * @param named the folder; it may end with {@code .} or {@code ..}
     * @throws IOException where it cannot be written; what the content throws goes through
     */
    public static void replace(Path named, Content content) throws IOException {
        Path folder = named.toAbsolutePath().normalize();
        Path aside = aside(folder);
        Path earlier = aside.resolve(EARLIER);
        boolean placed = false;
        try {
            Path written = write(aside, content);
            if (Files.exists(folder)) {
                Files.move(folder, earlier);
            }
            Files.move(written, folder, StandardCopyOption.ATOMIC_MOVE);
            placed = true;
        } finally {
            if (!placed && Files.exists(earlier)) {
                // Should this fail, too, it stays where the message says.
                Files.move(earlier, folder);
            }
            remove(aside);
        }
    }

    private static Path aside(Path folder) throws IOException {
        Path around = Files.createDirectories(folder.getParent());
        String name = folder.getFileName().toString();
        removeAside(around, name::equals);
        return Files.createTempDirectory(around, "." + name + ASIDE);
    }

    /** Removes what was left aside when processes were killed that wrote folders here; none may be writing. */
    public static void removeAside(Path around) throws IOException {
        if (Files.isDirectory(around)) {
            removeAside(around, any -> true);
        }
    }

    /** Removes what was left aside of folders with these names. */
    private static void removeAside(Path around, Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(around)) {
            for (Path file : files.toList()) {
                Matcher aside = LEFT_ASIDE.matcher(file.getFileName().toString());
                if (aside.matches() && names.test(aside.group(1))) {
                    Path earlier = file.resolve(EARLIER);
                    Path folder = around.resolve(aside.group(1));
                    if (Files.exists(earlier) && Files.notExists(folder)) {
                        // It had made way, and the new one had not come.
                        Files.move(earlier, folder);
                    }
                    remove(file);
                }
            }
        }
    }

    /** In a folder of its own: a temporary one can be read by its owner alone. */
    private static Path write(Path aside, Content content) throws IOException {
        Path written = Files.createDirectory(aside.resolve("new"));
        content.write(written);
        return written;
    }

    /**
     * Removes all files of a folder but some, and folders that are empty then. Links are removed, not followed.
     *
     * @param kept which ones stay, by their paths within the folder
     */
    public static void retain(Path folder, Predicate<Path> kept) throws IOException {
        for (Path file : deepestFirst(folder)) {
            boolean goes = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    ? !file.equals(folder) && isEmpty(file)
                    : !kept.test(folder.relativize(file));
            if (goes) {
                Files.delete(file);
            }
        }
    }

    /** A folder and all that is in it. */
    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Removes a folder and all that is in it, or a file; nothing where it is not there. Links are removed, not followed. */
    public static void remove(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path file : deepestFirst(folder)) {
            Files.deleteIfExists(file);
        }
    }
}

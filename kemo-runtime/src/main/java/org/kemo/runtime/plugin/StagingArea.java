package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.runtime.files.WholeFolder;
import org.pf4j.PluginDescriptor;

/**
 * Where plugins lie unpacked, each under the SHA-256 of its archive:
 *
 * <pre>
 * sums                    the sums of archives, see {@link RememberedSums}
 * SHA256/content/         what the archive holds: plugin.properties, lib/*.jar
 * SHA256/files            size and path of each file, so that a copy that lost some is seen
 * SHA256/components       see {@link ComponentIndex}
 * </pre>
 *
 * <p>A plugin is unpacked aside and moved, so several processes may share an area, and a start that dies leaves nothing half
 * done. A module layer keeps its jars open, so nothing that may be in use is overwritten or removed.
 */
final class StagingArea {
    /** A plugin that nobody has loaded for this long is removed when another one is unpacked. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** A line of the list of files: size and path. */
    private static final Pattern LISTED = Pattern.compile("(\\d{1,18}) (.+)");

    private static final String ASIDE = ".unpacking-";

    private final Path folder;
    private final DescriptorReader descriptors;

    private StagingArea(Path folder, DescriptorReader descriptors) {
        this.folder = folder;
        this.descriptors = descriptors;
    }

    /**
     * Opens the area and makes its folder where it is not there, for its owner alone.
     *
     * @throws KemoException category PLUGIN, where others may write into it
     */
    static StagingArea open(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.notExists(folder)) {
            Files.createDirectories(folder.getParent());
            if (posix) {
                // With its permissions from the beginning: another process may look at it as soon as it is there.
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } else if (posix && others(Files.getPosixFilePermissions(folder))) {
            throw KemoException.plugin(
                    "The folder of unpacked plugins [" + folder
                            + "] can be written by others, who could change what is loaded.",
                    "Run chmod go-w on it once you trust what it holds, or remove it, or name another one.");
        }
        return new StagingArea(folder, new DescriptorReader());
    }

    private static boolean others(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** The sums that are remembered here. */
    RememberedSums sums() throws IOException {
        return RememberedSums.open(sumsFile());
    }

    /** No sums, so that all are made anew, to be remembered in place of the old. */
    RememberedSums forgottenSums() {
        return RememberedSums.forgotten(sumsFile());
    }

    private Path sumsFile() {
        return folder.resolve("sums");
    }

    /**
     * A plugin that was unpacked before and is still whole.
     *
     * @throws KemoException category PLUGIN, where the area cannot be read
     */
    Optional<StagedPlugin> find(String sha256) {
        Path place = folder.resolve(sha256);
        try {
            if (!whole(place)) {
                return Optional.empty();
            }
            return Optional.of(new StagedPlugin(place, sha256, descriptors.read(StagedPlugin.content(place))));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Unpacks an archive, where that was not done before.
     *
     * @throws KemoException category PLUGIN, where the archive is damaged, or the area cannot be written
     */
    StagedPlugin stage(PluginArchive archive, String sha256, PluginDescriptor descriptor) {
        Optional<StagedPlugin> known = find(sha256);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            unpack(archive, sha256, descriptor);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(folder, e);
        }
        return find(sha256)
                .orElseThrow(() -> KemoException.fault(
                        "Plugin [" + descriptor.getPluginId() + "] could not be unpacked into [" + folder + "].",
                        "Remove that folder and start again."));
    }

    private void unpack(PluginArchive archive, String sha256, PluginDescriptor descriptor) throws IOException {
        removeUnused();
        Path aside = Files.createTempDirectory(folder, ASIDE);
        try {
            Path content = Files.createDirectory(StagedPlugin.content(aside));
            archive.unpack(content);
            if (archive.isJar()) {
                descriptors.write(descriptor, content);
            }
            TextFile.replace(aside.resolve("files"), listing(content));
            move(aside, folder.resolve(sha256));
        } finally {
            WholeFolder.remove(aside);
        }
    }

    /** Says that it is the area, and no plugin, that is full, or cannot be read or written. */
    static KemoException unusable(Path folder, Exception cause) {
        return KemoException.plugin(
                        "Unpacked plugins cannot be kept in [" + folder + "]: [" + cause + "].",
                        "Make room there and check its permissions, or name another folder with XDG_CACHE_HOME.")
                .causedBy(cause);
    }

    /** Notes that a plugin is in use, so that it is not removed for a while. */
    void touch(StagedPlugin plugin) {
        try {
            Files.setLastModifiedTime(plugin.place(), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // An area that was filled beforehand and cannot be written to: then nobody removes from it either.
            return;
        }
    }

    private void move(Path aside, Path place) throws IOException {
        if (Files.exists(place) && !whole(place)) {
            WholeFolder.remove(place);
        }
        try {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster: its copy has the same sum.
            if (!whole(place)) {
                throw e;
            }
        }
    }

    private static boolean whole(Path place) throws IOException {
        List<String> files = TextFile.readIfText(place.resolve("files"));
        Path content = StagedPlugin.content(place);
        for (String line : files) {
            Matcher listed = LISTED.matcher(line);
            if (!listed.matches()) {
                return false;
            }
            Path file = content.resolve(listed.group(2));
            if (!Files.isRegularFile(file) || Files.size(file) != Long.parseLong(listed.group(1))) {
                return false;
            }
        }
        // There are none where nothing was unpacked, or a machine that stopped left the list empty.
        return !files.isEmpty();
    }

    private static List<String> listing(Path content) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(content)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.add(Files.size(file) + " " + content.relativize(file));
            }
        }
        return lines;
    }

    private void removeUnused() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(KEPT));
        try (Stream<Path> places = Files.list(folder)) {
            places.filter(Files::isDirectory).forEach(place -> removeIfOlder(place, limit));
        }
    }

    private static void removeIfOlder(Path place, FileTime limit) {
        try {
            if (Files.getLastModifiedTime(place).compareTo(limit) < 0) {
                WholeFolder.remove(place);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process moves or removes it at this moment; if not, it is tried again another time.
            return;
        }
    }
}

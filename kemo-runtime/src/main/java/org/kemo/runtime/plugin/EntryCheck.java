package org.kemo.runtime.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.kemo.api.KemoException;

/**
 * Decides from the directory of an archive alone whether it may be unpacked: where its entries lead, what they are, how many and
 * how large. What the entries really hold is checked while they are unpacked, by {@link PluginArchive}.
 */
final class EntryCheck {
    private static final int LAST_CONTROL_CHARACTER = 0x1f;

    private final String archive;
    private final long archiveBytes;
    private final ArchiveLimits limits;

    /**
     * @param archive what errors call it
     * @param archiveBytes the size of the archive itself
     */
    EntryCheck(String archive, long archiveBytes, ArchiveLimits limits) {
        this.archive = archive;
        this.archiveBytes = archiveBytes;
        this.limits = limits;
    }

    /** Throws for the first entry that may not be there, category PLUGIN. */
    void check(List<ZipArchiveEntry> entries) {
        if (entries.size() > limits.entries()) {
            throw refused("holds [" + entries.size() + "] entries", "At most [" + limits.entries() + "] are allowed.");
        }
        entries.forEach(this::checkName);
        entries.forEach(this::checkType);
        entries.forEach(this::checkSize);
        checkTotals(entries);
        checkOverlaps(entries);
    }

    private void checkName(ZipArchiveEntry entry) {
        String name = entry.getName();
        boolean strange = name.isEmpty()
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(c -> c <= LAST_CONTROL_CHARACTER);
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        boolean leaves = List.of(path.split("/", -1)).stream()
                .anyMatch(part -> part.isEmpty() || part.matches("\\.+|\\s.*|.*\\s"));
        if (strange || leaves) {
            throw refused(
                    "holds an entry [" + name + "] that could leave its folder",
                    "Names are relative, with [/] between folders and without [..].");
        }
    }

    private void checkType(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
        boolean plain = type == 0 || type == UnixStat.FILE_FLAG || type == UnixStat.DIR_FLAG;
        if (!plain) {
            throw refused(
                    "holds an entry [" + entry.getName() + "] that is a link or a device",
                    "Pack plain files and folders.");
        }
        boolean packedSimply = entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED;
        if (!packedSimply || entry.getGeneralPurposeBit().usesEncryption()) {
            throw refused(
                    "holds an entry [" + entry.getName() + "] that is encrypted or packed by method ["
                            + entry.getMethod() + "]",
                    "Pack it by deflating, without a password.");
        }
    }

    private void checkSize(ZipArchiveEntry entry) {
        long size = entry.getSize();
        if (size < 0 || entry.getCompressedSize() < 0) {
            throw refused("does not say how large its entry [" + entry.getName() + "] is", "Pack it again.");
        }
        if (size > limits.entryBytes()) {
            throw refused(
                    "holds an entry [" + entry.getName() + "] of [" + size + "] bytes",
                    "At most [" + limits.entryBytes() + "] are allowed.");
        }
        boolean bomb =
                size > ArchiveLimits.ALWAYS_SMALL && size / limits.ratio() > Math.max(1, entry.getCompressedSize());
        if (bomb) {
            throw refused(
                    "holds an entry [" + entry.getName() + "] that grows from [" + entry.getCompressedSize() + "] to ["
                            + size + "] bytes",
                    "A file may grow [" + limits.ratio() + "] times at most.");
        }
    }

    private void checkTotals(List<ZipArchiveEntry> entries) {
        long total = entries.stream().mapToLong(ZipArchiveEntry::getSize).sum();
        if (total > limits.totalBytes()) {
            throw refused("unpacks to [" + total + "] bytes", "At most [" + limits.totalBytes() + "] are allowed.");
        }
        long packed =
                entries.stream().mapToLong(ZipArchiveEntry::getCompressedSize).sum();
        if (packed > archiveBytes) {
            throw refused(
                    "claims [" + packed + "] packed bytes in a file of [" + archiveBytes + "]",
                    "Its entries share their content: pack each file once.");
        }
    }

    /** Two entries with one name, or one that is a file for one entry and a folder for another, also where case is ignored. */
    private void checkOverlaps(List<ZipArchiveEntry> entries) {
        Set<String> files = new HashSet<>();
        for (ZipArchiveEntry entry : entries) {
            if (!entry.isDirectory() && !files.add(folded(entry.getName()))) {
                throw refused("holds two entries [" + entry.getName() + "]", "Pack each file once.");
            }
        }
        for (ZipArchiveEntry entry : entries) {
            String name = folded(entry.getName());
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                if (files.contains(name.substring(0, slash))) {
                    throw refused(
                            "holds [" + name.substring(0, slash) + "] as a file and as a folder",
                            "Pack each file once.");
                }
            }
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private KemoException refused(String what, String rule) {
        return KemoException.plugin(
                "Plugin archive [" + archive + "] " + what + ".",
                rule + " Take the archive from its author again, or remove it from the plugins folder.");
    }
}

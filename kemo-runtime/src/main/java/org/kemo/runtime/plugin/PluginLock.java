package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;

/**
 * The list of plugins that may load: {@code plugins.lock}. Each line is an id, a version and the SHA-256 sum of the archive,
 * between blanks; empty lines and lines that start with {@code #} say nothing.
 *
 * @param file where it stands
 * @param entries what it lists, by id
 */
record PluginLock(Path file, SortedMap<String, Entry> entries) {
    private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");

    /** A version and the sum of the archive. */
    record Entry(String version, String sha256) {}

    /**
     * Reads a list.
     *
     * @throws KemoException category PLUGIN, where it cannot be read or a line is no entry
     */
    static PluginLock read(Path file) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (String line : lines(file)) {
            String[] fields = line.split("\\s+");
            boolean entry = fields.length == 3 && SUM.matcher(fields[2]).matches();
            if (!entry || entries.put(fields[0], new Entry(fields[1], fields[2])) != null) {
                throw KemoException.plugin(
                        "The list of plugins that may load [" + file + "] has the line [" + line
                                + "], which is no entry or names a plugin again.",
                        "A line is [id version sha256]. Mend it, or write the list again with kemo plugins lock.");
            }
        }
        return new PluginLock(file, entries);
    }

    private static List<String> lines(Path file) {
        try {
            return TextFile.read(file);
        } catch (IOException e) {
            throw KemoException.plugin(
                            "The list of plugins that may load [" + file + "] cannot be read: [" + e + "].",
                            "Check its permissions, or write it again with kemo plugins lock.")
                    .causedBy(e);
        }
    }

    /**
     * Writes a list of these plugins, whose sums are known.
     *
     * @throws KemoException category CONFIGURATION, where the file cannot be written
     */
    static void write(Path file, List<PluginInfo> plugins) {
        List<String> lines = new ArrayList<>();
        lines.add("# The plugins that may load: id, version and SHA-256 of the archive. Written by kemo plugins lock.");
        for (PluginInfo plugin : plugins) {
            lines.add(
                    plugin.id() + " " + plugin.version() + " " + plugin.sha256().orElseThrow());
        }
        TextFile.write(file, lines);
    }

    /** Why a plugin may not load, where it may not. */
    Optional<KemoException> refusal(String id, String version, String sha256) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Optional.of(KemoException.plugin(
                    "Plugin [" + id + "] with the sum [" + sha256 + "] is not listed in [" + file + "].",
                    "Remove it, or disable it, or, where you trust it, run kemo plugins lock."));
        }
        if (!entry.equals(new Entry(version, sha256))) {
            return Optional.of(KemoException.plugin(
                    "Plugin [" + id + "] is version [" + version + "] with the sum [" + sha256 + "], but [" + file
                            + "] lists version [" + entry.version() + "] with the sum [" + entry.sha256() + "].",
                    "Put the listed archive back, or, where you trust this one, run kemo plugins lock."));
        }
        return Optional.empty();
    }

    /** A problem for each plugin that is listed but not among these. */
    List<KemoException> missing(Map<String, ?> present) {
        return entries.keySet().stream()
                .filter(id -> !present.containsKey(id))
                .map(id -> KemoException.plugin(
                        "Plugin [" + id + "] is listed in [" + file + "] but is not in the plugins folder.",
                        "Put its archive there, or write the list again with kemo plugins lock."))
                .toList();
    }
}

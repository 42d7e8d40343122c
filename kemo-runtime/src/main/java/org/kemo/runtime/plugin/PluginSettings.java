package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where plugins are and which of them may load.
 *
 * @param folders hold the archives, {@code *.zip} and {@code *.jar}; one that is named twice counts once, and the first also holds
 *     what {@code kemo plugins} writes: {@value #DISABLED_FILE} and {@value #LOCK_FILE}
 * @param staging a folder for unpacked plugins and what is known about them, kept between runs and shared by processes; made
 *     where it is not there. It holds code: nobody else may write into it
 * @param disabled ids that do not load
 * @param limits how large an archive may be
 */
public record PluginSettings(List<Path> folders, Path staging, Set<String> disabled, ArchiveLimits limits) {
    /** The name of the file with the ids that are switched off, one a line. */
    public static final String DISABLED_FILE = "disabled.txt";

    /** The name of the list of sums; see {@link PluginInventory#lock()}. */
    public static final String LOCK_FILE = "plugins.lock";

    /** Copies the collections and makes the paths absolute. */
    public PluginSettings {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("Plugins need a folder at least.");
        }
        folders = folders.stream()
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .distinct()
                .toList();
        staging = staging.toAbsolutePath().normalize();
        disabled = Set.copyOf(disabled);
    }

    /** Where the list of the sums that may load is written; where there is none, all may. */
    Path lockFile() {
        return folders.get(0).resolve(LOCK_FILE);
    }

    /** Where the ids that are switched off are written. */
    Path disabledFile() {
        return folders.get(0).resolve(DISABLED_FILE);
    }
}

package org.kemo.runtime.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where plugins are and which of them may load.
 *
 * @param folders hold the archives, {@code *.zip} and {@code *.jar}; the first also holds what {@code kemo plugins} writes:
 *     {@value #DISABLED_FILE} and {@value #LOCK_FILE}
 * @param staging a folder for unpacked plugins and what is known about them, kept between runs and shared by processes; made
 *     where it is not there. It holds code: nobody else may write into it
 * @param lock the list of sums that may load. Where it is given it must exist; otherwise {@value #LOCK_FILE} of the first folder
 *     is used where that exists
 * @param enabled ids that load even where {@code kemo plugins disable} switched them off
 * @param disabled ids that do not load
 * @param limits how large an archive may be
 */
public record PluginSettings(
        List<Path> folders,
        Path staging,
        Optional<Path> lock,
        Set<String> enabled,
        Set<String> disabled,
        ArchiveLimits limits) {
    /** The name of the file with the ids that are switched off, one a line. */
    public static final String DISABLED_FILE = "disabled.txt";

    /** The name of the list of sums; see {@link PluginInventory#lock()}. */
    public static final String LOCK_FILE = "plugins.lock";

    /** Copies the collections and makes the paths absolute. */
    public PluginSettings {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("Plugins need a folder at least.");
        }
        folders =
                folders.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
        staging = staging.toAbsolutePath().normalize();
        lock = lock.map(Path::toAbsolutePath);
        enabled = Set.copyOf(enabled);
        disabled = Set.copyOf(disabled);
    }

    /** All plugins of one folder. */
    public static PluginSettings of(Path folder, Path staging) {
        return new PluginSettings(
                List.of(folder), staging, Optional.empty(), Set.of(), Set.of(), ArchiveLimits.DEFAULT);
    }

    /** The same with other plugins switched on and off by configuration. */
    public PluginSettings switching(Set<String> enabledIds, Set<String> disabledIds) {
        return new PluginSettings(folders, staging, lock, enabledIds, disabledIds, limits);
    }

    /** The same with another list of sums, which must exist. */
    public PluginSettings lockedBy(Path lockFile) {
        return new PluginSettings(folders, staging, Optional.of(lockFile), enabled, disabled, limits);
    }

    /** The same with other limits. */
    public PluginSettings limitedTo(ArchiveLimits archiveLimits) {
        return new PluginSettings(folders, staging, lock, enabled, disabled, archiveLimits);
    }

    /** The list of sums that is in force. */
    Optional<Path> lockInForce() {
        return lock.isPresent() ? lock : Optional.of(lockToWrite()).filter(Files::exists);
    }

    /** Where a list of sums is written. */
    Path lockToWrite() {
        return lock.orElseGet(() -> folders.get(0).resolve(LOCK_FILE));
    }

    /** Where the ids that are switched off are written. */
    Path disabledFile() {
        return folders.get(0).resolve(DISABLED_FILE);
    }
}

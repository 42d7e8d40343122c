package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.kemo.api.KemoException;

/**
 * The plugins that {@code kemo plugins disable} switched off, one id a line. An id whose plugin was removed since stays harmlessly.
 *
 * @param file where the list stands; it need not exist
 */
record DisabledList(Path file) {
    /**
     * The ids, sorted.
     *
     * @throws KemoException category PLUGIN, where the file cannot be read
     */
    Set<String> ids() {
        try {
            return new TreeSet<>(TextFile.read(file));
        } catch (IOException e) {
            throw KemoException.plugin(
                            "The list of disabled plugins [" + file + "] cannot be read: [" + e + "].",
                            "Check its permissions, or remove it.")
                    .causedBy(e);
        }
    }

    /**
     * Replaces the list.
     *
     * @throws KemoException category CONFIGURATION, where the file cannot be written
     */
    void replace(Set<String> ids) {
        List<String> lines = new ArrayList<>(List.of("# Plugins that do not load. Written by kemo plugins disable."));
        lines.addAll(ids);
        TextFile.write(file, lines);
    }
}

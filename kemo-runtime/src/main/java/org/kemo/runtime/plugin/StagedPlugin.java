package org.kemo.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.pf4j.PluginDescriptor;

/**
 * A plugin that lies unpacked in the {@link StagingArea}.
 *
 * @param place its folder there
 * @param sha256 the sum of its archive
 * @param descriptor what it says of itself
 */
record StagedPlugin(Path place, String sha256, PluginDescriptor descriptor) {
    String id() {
        return descriptor.getPluginId();
    }

    /** What the archive held. */
    Path content() {
        return content(place);
    }

    static Path content(Path place) {
        return place.resolve("content");
    }

    /** Where the names of its components are kept. */
    Path componentsFile() {
        return place.resolve("components");
    }

    /**
     * Its jars, sorted.
     *
     * @throws KemoException category PLUGIN, where there is none
     */
    List<Path> jars() {
        return jars(content(), id());
    }

    /** The jars of a plugin whose archive was unpacked into this folder. */
    static List<Path> jars(Path content, String id) {
        Path lib = content.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> files = Files.list(lib)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars;
                }
            } catch (IOException e) {
                throw KemoException.plugin(
                                "Plugin [" + id + "] cannot be read from [" + lib + "]: [" + e.getMessage() + "].",
                                "Remove that folder: it is made again.")
                        .causedBy(e);
            }
        }
        throw KemoException.plugin(
                "Plugin [" + id + "] holds no jar under [lib].",
                "Pack its jar and those of its libraries there, or remove it from the plugins folder.");
    }
}

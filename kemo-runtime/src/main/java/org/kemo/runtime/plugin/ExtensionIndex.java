package org.kemo.runtime.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.kemo.api.KemoException;

/**
 * The classes that PF4J's annotation processor found: {@code META-INF/extensions.idx} of each jar of a plugin. It is read from
 * the jars themselves, since asking a class loader finds the index of a parent or of the first jar alone.
 *
 * @param classes the names of the classes by the jar whose index lists them
 */
record ExtensionIndex(Map<Path, Set<String>> classes) {
    private static final String FILE = "META-INF/extensions.idx";

    /**
     * Reads the index of every jar.
     *
     * @throws KemoException category PLUGIN, where no jar lists a class or one cannot be read
     */
    static ExtensionIndex of(String id, List<Path> jars) {
        Map<Path, Set<String>> classes = new LinkedHashMap<>();
        for (Path jar : jars) {
            Set<String> names = read(id, jar);
            if (!names.isEmpty()) {
                classes.put(jar, names);
            }
        }
        if (classes.isEmpty()) {
            throw KemoException.plugin(
                    "Plugin [" + id + "] brings no component: [" + FILE + "] is missing or empty.",
                    "Annotate its factories with @Extension and compile them with PF4J's annotation processor: name"
                            + " org.pf4j:pf4j in the annotationProcessorPaths of the compiler, as the plugin does that kemo"
                            + " plugins new makes.");
        }
        return new ExtensionIndex(classes);
    }

    /** The names of all classes. */
    List<String> names() {
        return classes.values().stream().flatMap(Collection::stream).distinct().toList();
    }

    private static Set<String> read(String id, Path jar) {
        Set<String> names = new LinkedHashSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(FILE);
            if (entry == null) {
                return names;
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(file.getInputStream(entry), StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(names::add);
            }
        } catch (IOException e) {
            throw KemoException.plugin(
                            "Plugin [" + id + "] holds [" + jar.getFileName()
                                    + "], which is not a jar that can be read: [" + e.getMessage() + "].",
                            "Remove [" + jar + "], which is unpacked again, or pack the plugin again.")
                    .causedBy(e);
        }
        return names;
    }
}

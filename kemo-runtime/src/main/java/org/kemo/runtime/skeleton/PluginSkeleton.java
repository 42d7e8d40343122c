package org.kemo.runtime.skeleton;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kemo.api.KemoException;

/**
 * The worked example of one kind of plugin, from which others begin. Immutable.
 *
 * @param kind of its component, as configurations say it
 * @param project where the folder {@code examples} lies
 * @param place of the example there, as its page names it
 * @param names of the example
 */
public record PluginSkeleton(String kind, Path project, String place, PluginNames names) {
    private static final List<String> COPIED = List.of("pom.xml", "plugin.properties", "src");
    private static final String PAGE = "README.md";

    /** The example of a fusion strategy. */
    public static PluginSkeleton ofFusion(Path project) {
        return new PluginSkeleton(
                "fusion",
                project,
                "examples/fusion-plugin",
                PluginNames.of("logarithmic-pool", "Fusion", Optional.empty()));
    }

    /**
     * The names of a new plugin.
     *
     * @param packageName where it is not to be {@code org.example} and the id without hyphens
     * @throws KemoException category CONFIGURATION, where Kemo or Java does not take a name
     */
    public PluginNames named(String id, Optional<String> packageName) {
        return PluginNames.of(id, "Fusion", packageName);
    }

    /**
     * Writes the example under other names: its build, its sources, its tests, and its page without what stands before the first
     * section.
     *
     * @param folder that there is not
     * @param shown how the page is to name that folder
     * @return the files, relative to the folder, sorted
     * @throws KemoException category CONFIGURATION, where the folder is there, or the example is not, or the disk refuses
     */
    public List<Path> write(PluginNames other, Path folder, String shown) {
        Path example = project.resolve(place);
        if (!Files.isRegularFile(example.resolve(PAGE))) {
            throw KemoException.configuration(
                    "The example [" + example + "] is not there.", "Use Kemo in the folder that it was built in.");
        }
        if (Files.exists(folder)) {
            throw KemoException.configuration(
                    "There is a folder [" + folder + "] already.",
                    "Give another with --folder, or move that one away.");
        }
        try {
            List<Path> written = new ArrayList<>();
            for (Path file : files(example)) {
                Path name = Path.of(names.renamed(example.relativize(file).toString(), other));
                write(folder.resolve(name), names.renamed(Files.readString(file), other));
                written.add(name);
            }
            write(folder.resolve(PAGE), page(Files.readString(example.resolve(PAGE)), other, shown));
            written.add(Path.of(PAGE));
            return written.stream().sorted().toList();
        } catch (IOException e) {
            throw KemoException.configuration(
                            "The folder [" + folder + "] cannot be written: [" + e.getMessage() + "].",
                            "Give another with --folder.")
                    .causedBy(e);
        }
    }

    private static List<Path> files(Path example) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String copied : COPIED) {
            try (Stream<Path> inside = Files.walk(example.resolve(copied))) {
                inside.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String page(String text, PluginNames other, String shown) {
        String sections = text.substring(text.indexOf("\n## "));
        // The folder last: its name may hold that of the example and is to stay as it is.
        return "# " + other.id() + "\n" + names.renamed(sections, other).replace(place, shown);
    }
}

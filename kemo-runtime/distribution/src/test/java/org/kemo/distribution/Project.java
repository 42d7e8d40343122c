package org.kemo.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders of this build. */
final class Project {
    private Project() {}

    static Path root() {
        return Path.of(System.getProperty("kemo.project"));
    }

    static Path distribution() {
        return Path.of(System.getProperty("kemo.home"));
    }

    static Path launcher() {
        return root().resolve("kemo-runtime/bin/kemo");
    }

    /** The folder of every plugin, fusion strategies too. */
    static List<Path> plugins() {
        return Stream.of("plugins", "fusion-strategies")
                .flatMap(group -> list(root().resolve(group)))
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .sorted()
                .toList();
    }

    /** The folder of every module with code. */
    static List<Path> modules() {
        return Stream.concat(Stream.of(root().resolve("kemo-api"), root().resolve("kemo-runtime")), plugins().stream())
                .toList();
    }

    static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

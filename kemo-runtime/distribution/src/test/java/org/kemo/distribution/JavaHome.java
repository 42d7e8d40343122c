package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A Java that is installed here. */
record JavaHome(Path folder, int version) {
    /** The one that runs this test, and the newest other that is installed beside it or named by {@code KEMO_JDK25}. */
    static Stream<JavaHome> all() throws IOException {
        JavaHome own = new JavaHome(
                Path.of(System.getProperty("java.home")).toRealPath(),
                Runtime.version().feature());
        Optional<String> named = Optional.ofNullable(System.getenv("KEMO_JDK25"));
        List<Path> candidates = named.isPresent()
                ? List.of(Path.of(named.get()))
                : Project.list(own.folder().getParent()).toList();
        Optional<JavaHome> newest = candidates.stream()
                .flatMap(folder -> at(folder).stream())
                .filter(java -> java.version() > own.version())
                .max(Comparator.comparing(JavaHome::version));
        return Stream.concat(Stream.of(own), newest.stream());
    }

    private static Optional<JavaHome> at(Path folder) {
        Properties release = new Properties();
        try (var file = Files.newInputStream(folder.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            return Optional.empty();
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() || !Files.isExecutable(folder.resolve("bin/java"))
                ? Optional.empty()
                : Optional.of(
                        new JavaHome(folder, Runtime.Version.parse(version).feature()));
    }

    @Override
    public String toString() {
        return "Java " + version;
    }
}

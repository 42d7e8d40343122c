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
    /** The one that runs this test. */
    static JavaHome own() throws IOException {
        return new JavaHome(
                Path.of(System.getProperty("java.home")).toRealPath(),
                Runtime.version().feature());
    }

    /** The one that runs this test, and the newest other that is installed beside it or named by {@code KEMO_JDK25}. */
    static Stream<JavaHome> all() throws IOException {
        JavaHome own = own();
        Optional<String> named = Optional.ofNullable(System.getenv("KEMO_JDK25"));
        List<Path> candidates = named.isPresent()
                ? List.of(Path.of(named.get()))
                : Project.list(own.folder().getParent()).toList();
        return Stream.concat(Stream.of(own), own.newer(candidates).stream());
    }

    /** The newest of those in these folders, where it is newer than this one. */
    Optional<JavaHome> newer(List<Path> folders) {
        return folders.stream()
                .flatMap(each -> at(each).stream())
                .filter(java -> java.version() > version)
                .max(Comparator.comparing(JavaHome::version));
    }

    private static Optional<JavaHome> at(Path folder) {
        Properties release = new Properties();
        try (var file = Files.newInputStream(folder.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            return Optional.empty();
        }
        // The digits that it begins with, as the launcher takes them: 1 of 1.8.0_412.
        String version =
                release.getProperty("JAVA_VERSION", "").replace("\"", "").replaceFirst("\\D.*", "");
        return version.isEmpty() || !Files.isExecutable(folder.resolve("bin/java"))
                ? Optional.empty()
                : Optional.of(new JavaHome(folder, Integer.parseInt(version)));
    }

    @Override
    public String toString() {
        return "Java " + version;
    }
}

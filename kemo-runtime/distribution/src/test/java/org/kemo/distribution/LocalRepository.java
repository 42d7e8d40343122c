package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local repository for Maven which has all that the one of this build has, by links, and beside it what {@code mvn install} would put there of
 * Kemo. The real one stays as it is.
 *
 * @param folder where it is
 */
record LocalRepository(Path folder) implements AutoCloseable {
    private static final String VERSION = System.getProperty("kemo.version");

    /** Makes it in an empty folder, without Kemo so far. */
    static LocalRepository in(Path folder) throws IOException {
        Path ours = Path.of(System.getProperty("kemo.repository"));
        link(ours, folder);
        Files.delete(folder.resolve("org"));
        link(ours.resolve("org"), Files.createDirectory(folder.resolve("org")));
        Files.deleteIfExists(folder.resolve("org/kemo"));
        return new LocalRepository(folder);
    }

    /** Puts a module that this build has packed there, or a parent. */
    void install(String artifact, Path module) throws IOException {
        Path place = Files.createDirectories(
                folder.resolve("org/kemo").resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
        Path jar = module.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, place.resolve(name + ".jar"));
        }
    }

    /** Takes the links away, which whoever empties the folder might follow. */
    @Override
    public void close() throws IOException {
        unlink(folder);
        unlink(folder.resolve("org"));
    }

    private static void unlink(Path folder) throws IOException {
        for (Path each : Project.list(folder).filter(Files::isSymbolicLink).toList()) {
            Files.delete(each);
        }
    }

    private static void link(Path from, Path to) throws IOException {
        for (Path each : Project.list(from).toList()) {
            Files.createSymbolicLink(to.resolve(each.getFileName()), each);
        }
    }
}

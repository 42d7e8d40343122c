package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder that looks like the project, in which the pages' commands can be given: trainings have one epoch, and {@code data} holds small
 * sets of the layout that {@code KEMO_DATA} names.
 *
 * @param folder where it is
 */
record ProjectCopy(Path folder) implements AutoCloseable {
    private static final String RUNTIME = "kemo-runtime";

    /** Makes it in an empty folder. */
    static ProjectCopy in(Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve(RUNTIME), Project.root().resolve(RUNTIME));
        copy(Project.root().resolve("examples"), folder.resolve("examples"));
        // The model that ships is trained again, into this copy, in which trainings are short.
        copy(Project.root().resolve("config"), folder.resolve("config"));
        try (Stream<Path> files = Files.walk(folder.resolve("config"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replaceAll("epochs: \\d+", "epochs: 1")
                                .replaceAll("pairs: \\d+", "pairs: 24"));
            }
        }
        ToyData.ofTheSmallModel(folder.resolve("data"));
        return new ProjectCopy(folder);
    }

    /** Gives a command of a page to a shell. */
    Run run(String written) throws IOException, InterruptedException {
        String command = written.replaceAll("\\bDIR\\b", folder.resolve("data").toString());
        return Run.of(Path.of("/bin/sh"), folder, Kemo.in(folder).quick().variables(), "-c", command);
    }

    /** Takes the link away, which a person who empties the folder would follow. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(RUNTIME));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

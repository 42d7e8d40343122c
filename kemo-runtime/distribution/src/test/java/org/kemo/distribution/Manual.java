package org.kemo.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page for people. Every line of its code blocks is a command, but in those that say of themselves that they hold something else,
 * such as {@code ```text}.
 *
 * @param file the page
 */
record Manual(Path file) {
    private static final String FENCE = "```";
    private static final Pattern OF_A_SOURCE = Pattern.compile("(^|.*/)(src|target|\\..*)/.*");

    /** Every page of the project, the README first. */
    static List<Manual> all() throws IOException {
        try (Stream<Path> files = Files.walk(Project.root())) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !OF_A_SOURCE
                            .matcher(Project.root().relativize(file).toString())
                            .matches())
                    .sorted((a, b) -> Integer.compare(a.getNameCount(), b.getNameCount()))
                    .map(Manual::new)
                    .toList();
        }
    }

    /** The commands, in the order in which a person comes to them. */
    List<String> commands() {
        return within(FENCE).stream().filter(line -> !line.isBlank()).toList();
    }

    /** The lines of Java, likewise. */
    List<String> java() {
        return within(FENCE + "java");
    }

    /** The lines of the code blocks that begin so. */
    private List<String> within(String fence) {
        List<String> within = new ArrayList<>();
        boolean code = false;
        boolean wanted = false;
        for (String line : lines()) {
            if (line.startsWith(FENCE)) {
                code = !code;
                wanted = code && line.equals(fence);
            } else if (wanted) {
                within.add(line);
            }
        }
        return within;
    }

    /** All lines. */
    List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return Project.root().relativize(file).toString();
    }
}

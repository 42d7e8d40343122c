package org.kemo.runtime.configuration;

import java.nio.file.Path;

/**
 * Where something stands that a person wrote.
 *
 * @param source the file, or what else it was: {@code override [seed=3]}
 * @param folder the folder that relative paths start from
 * @param line from 1; 0 where the source has no lines
 * @param column from 1; 0 where the source has no lines
 */
public record Place(String source, Path folder, int line, int column) {
    /** Where a file begins. */
    static Place beginning(String source, Path folder) {
        return new Place(source, folder, 1, 1);
    }

    /** A place in something that has no lines. */
    static Place in(String source, Path folder) {
        return new Place(source, folder, 0, 0);
    }

    Place at(int line, int column) {
        return new Place(source, folder, line, column);
    }

    /** As compilers write it, so that an editor can jump there: {@code conf.yaml:5:3}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}

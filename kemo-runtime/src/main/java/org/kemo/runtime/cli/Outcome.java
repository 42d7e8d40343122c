package org.kemo.runtime.cli;

import java.io.PrintWriter;

/** What a command has found out, to be shown to a person or to a program. */
public interface Outcome {
    /**
     * The one JSON document of {@code --json}: what {@link JsonOutput} writes, mostly a record or a map.
     *
     * @return never null
     */
    Object json();

    /** Writes it for a person, but for what was {@linkplain KemoCommand#show shown} before. */
    void print(PrintWriter out);

    /** The exit code: 0, or that of a category where a batch went on in spite of failures. */
    default int exitCode() {
        return 0;
    }
}

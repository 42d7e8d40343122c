package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import org.kemo.api.KemoException;

/**
 * One input of a batch that could not be used, while the others went on.
 *
 * @param id of the input
 * @param category whose fault it is
 * @param problem what was wrong
 * @param remedy what to do
 */
record Failure(String id, String category, String problem, String remedy) {
    static Failure of(String id, KemoException exception) {
        return new Failure(
                id,
                exception.category().name().toLowerCase(java.util.Locale.ROOT),
                exception.problem(),
                exception.remedy());
    }

    /** 0 where nothing failed, else the code of the first failure. */
    static int exitCode(List<Failure> failures) {
        return failures.isEmpty()
                ? 0
                : KemoException.Category.valueOf(failures.get(0).category().toUpperCase(java.util.Locale.ROOT))
                        .exitCode();
    }

    static void print(List<Failure> failures, PrintWriter out) {
        for (Failure failure : failures) {
            out.printf("%s: failed. %s %s%n", failure.id(), failure.problem(), failure.remedy());
        }
    }
}

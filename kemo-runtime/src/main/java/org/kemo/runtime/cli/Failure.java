package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import org.kemo.api.KemoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One input of a batch that could not be used, while the others went on.
 *
 * @param id of the input
 * @param category whose fault it is
 * @param problem what was wrong
 * @param remedy what to do
 */
record Failure(String id, KemoException.Category category, String problem, String remedy) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    /**
     * The failure of an input.
     *
     * @param thrown where that is not Kemo's own exception, it is a fault, or an input too large for this machine: the others go on
     *     all the same
     */
    static Failure of(String id, Throwable thrown) {
        LOG.debug("[{}] failed", id, thrown);
        KemoException exception = KemoException.of(thrown);
        return new Failure(id, exception.category(), exception.problem(), exception.remedy());
    }

    /** 0 where nothing failed, else the code of the first failure. */
    static int exitCode(List<Failure> failures) {
        return failures.isEmpty() ? 0 : failures.get(0).category().exitCode();
    }

    static void print(List<Failure> failures, PrintWriter out) {
        for (Failure failure : failures) {
            out.printf("%s: failed. %s %s%n", failure.id(), failure.problem(), failure.remedy());
        }
    }
}

package org.kemo.runtime.store.download;

import java.io.IOException;
import java.util.Set;
import org.kemo.api.KemoException;

/** What the status of an answer means where it is not what was asked for. */
final class Refusal {
    /** A server that says so may have it a moment later. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private Refusal() {}

    /**
     * Throws where there is no content.
     *
     * @throws IOException where it is worth another try
     * @throws KemoException category PLUGIN, where it is not
     */
    static void check(Answer answer, Source source) throws IOException {
        int status = answer.status();
        if (status == 200 || status == 206) {
            return;
        }
        if (PASSING.contains(status)) {
            throw new IOException("it answered with status " + status);
        }
        throw refused(status, source);
    }

    private static KemoException refused(int status, Source source) {
        return switch (status) {
            case 401, 403 ->
                KemoException.plugin(
                        "The server refuses [" + source.name() + "] at [" + source.place() + "]"
                                + (source.credential().isPresent()
                                        ? " to your token (status " + status + ")."
                                        : " (status " + status + "): it does not exist, or it needs a token."),
                        source.remedy());
            case 404, 410 ->
                KemoException.plugin(
                        "There is no [" + source.name() + "] at [" + source.place() + "].",
                        "Check the reference: the name, the version or revision, and the file.");
            default ->
                KemoException.plugin(
                        "The server answers with status [" + status + "] to the request for [" + source.name()
                                + "] at [" + source.place() + "].",
                        "Check the reference, and try again later.");
        };
    }
}

package org.kemo.runtime.store.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.kemo.api.KemoException;

/**
 * How often something that broke is tried again. Tries that brought a mebibyte or more do not count, or a large file could not come
 * over a poor line at all.
 *
 * @param attempts in a row that bring nothing before it is given up
 * @param pause before the second attempt; twice as long before each further one
 */
public record Retries(int attempts, Duration pause) {
    private static final long PROGRESS_BYTES = 1 << 20;

    /** Something that may break. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * Tries until it works.
     *
     * @param reached the bytes that have come so far
     * @throws KemoException category PLUGIN, where it never does
     */
    <T> T run(Source source, LongSupplier reached, Attempt<T> attempt) {
        long before = reached.getAsLong();
        for (int failures = 1; ; failures++) {
            try {
                return attempt.run();
            } catch (InterruptedIOException e) {
                throw KemoException.plugin(
                                "Fetching [" + source.name() + "] was interrupted.",
                                "Ask for it again; it goes on where it stopped.")
                        .causedBy(e);
            } catch (IOException e) {
                if (isUnreachable(e) && reached.getAsLong() == 0) {
                    throw unreachable(source, e);
                }
                if (reached.getAsLong() - before >= PROGRESS_BYTES) {
                    failures = 1;
                }
                before = reached.getAsLong();
                if (failures >= attempts) {
                    throw broken(source, failures, e);
                }
                rest(pause.multipliedBy(1L << (failures - 1)), source);
            }
        }
    }

    private static boolean isUnreachable(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    private static KemoException unreachable(Source source, IOException e) {
        return KemoException.plugin(
                        "The server [" + source.uri().getAuthority() + "] that has [" + source.name()
                                + "] cannot be reached: " + e.getMessage() + ".",
                        "Check the network; behind a proxy, set"
                                + " KEMO_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'.")
                .causedBy(e);
    }

    private static KemoException broken(Source source, int failures, IOException e) {
        return KemoException.plugin(
                        "Fetching [" + source.name() + "] from [" + source.uri().getAuthority() + "] failed ["
                                + failures + "] times, at last since " + e.getMessage() + ".",
                        "Check the network, wait where the server has too much to do, and ask again; it goes on where it"
                                + " stopped.")
                .causedBy(e);
    }

    private static void rest(Duration time, Source source) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KemoException.plugin(
                            "Fetching [" + source.name() + "] was interrupted.",
                            "Ask for it again; it goes on where it stopped.")
                    .causedBy(e);
        }
    }
}

package org.kemo.runtime.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.TestNetworks.Slow;

/** A process that ends, with exit code 7, while two threads run a model without a pause. */
final class EndsWhileAModelRuns {
    private EndsWhileAModelRuns() {}

    /** Needs the path of a model of {@link Slow}. */
    public static void main(String[] arguments) {
        @SuppressWarnings("resource") // Not closed: that is what this is about.
        OnnxSessionPool pool = new OnnxSessionPool(
                new SessionsConfiguration(List.of("cpu"), 2, false, 2, 2, 60, 1024), FileSums.inMemory());
        SessionLease lease = pool.lease(SessionRequest.of(Path.of(arguments[0])));
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> runUntilTheEnd(lease));
            thread.setDaemon(true);
            thread.start();
        }
        while (pool.statistics().get(0).batches() < 4) {
            Thread.onSpinWait();
        }
        System.exit(7);
    }

    private static void runUntilTheEnd(SessionLease lease) {
        while (true) {
            try {
                lease.run(Slow.rows(64), Duration.ofMinutes(1));
            } catch (KemoException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

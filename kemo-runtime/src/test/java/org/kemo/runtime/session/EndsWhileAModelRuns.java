package org.kemo.runtime.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.TestNetworks.Slow;

/**
 * A process that ends, with exit code 7, while two threads run a model without a pause, and a third one for minutes. It says nothing
 * unless they go on.
 */
final class EndsWhileAModelRuns {
    private EndsWhileAModelRuns() {}

    /** Needs the path of a model of {@link Slow}, and a device. */
    public static void main(String[] arguments) {
        @SuppressWarnings("resource") // Not closed: that is what this is about.
        OnnxSessionPool pool = new OnnxSessionPool(
                new SessionsConfiguration(List.of(arguments[1]), 2, false, 3, 2, 600, 1024), FileSums.inMemory());
        SessionLease lease = pool.lease(SessionRequest.of(Path.of(arguments[0])));
        for (int rows : new int[] {64, 64, Slow.ROWS_FOR_MINUTES}) {
            Thread thread = new Thread(() -> runUntilTheEnd(lease, rows));
            thread.setDaemon(true);
            thread.start();
        }
        while (pool.statistics().get(0).runs() < 4) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> complainOfRuns(pool)));
        System.exit(7);
    }

    /** Says so where, after a while, models still run; and closes the pool, as a server would that is told to end. */
    private static void complainOfRuns(OnnxSessionPool pool) {
        try {
            Thread.sleep(1000);
            long before = pool.statistics().get(0).runs();
            Thread.sleep(1000);
            long runs = pool.statistics().get(0).runs() - before;
            if (runs > 0) {
                System.out.println(runs + " runs while the process ends");
            }
            pool.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runUntilTheEnd(SessionLease lease, int rows) {
        while (true) {
            try {
                lease.run(Slow.rows(rows), Duration.ofMinutes(10));
            } catch (KemoException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

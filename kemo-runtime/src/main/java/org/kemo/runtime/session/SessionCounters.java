package org.kemo.runtime.session;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What happened to the requests for one model on one device; goes on counting where its session leaves and comes again. */
final class SessionCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder runs = new LongAdder();
    private final LongAdder overloads = new LongAdder();
    private final LongAdder cancellations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder queueNanos = new LongAdder();
    private final LongAdder runNanos = new LongAdder();

    void requested() {
        requests.increment();
    }

    void overloaded() {
        overloads.increment();
    }

    void cancelled() {
        cancellations.increment();
    }

    void failed() {
        failures.increment();
    }

    void waited(long nanos) {
        queueNanos.add(nanos);
    }

    void ran(long nanos) {
        runs.increment();
        runNanos.add(nanos);
    }

    /** The counts as they stand. */
    SessionStatistics snapshot(ModelFile model, Device device, int leases, int waiting, long memoryBytes) {
        return new SessionStatistics(
                model.path(),
                model.sha256(),
                device.name(),
                leases,
                waiting,
                memoryBytes,
                requests.sum(),
                runs.sum(),
                overloads.sum(),
                cancellations.sum(),
                failures.sum(),
                Duration.ofNanos(queueNanos.sum()),
                Duration.ofNanos(runNanos.sum()));
    }
}

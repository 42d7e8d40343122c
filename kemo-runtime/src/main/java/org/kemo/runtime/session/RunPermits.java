package org.kemo.runtime.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Admits so many at a time, lets so many wait in the order in which they came, and refuses the others. */
final class RunPermits {
    /** What became of asking. */
    enum Answer {
        /** Admitted: {@link #release} must follow. */
        ADMITTED,
        /** Too many are waiting. */
        REFUSED,
        /** The time has passed. */
        TOO_LATE
    }

    private final Semaphore free;
    private final int queue;
    private final AtomicInteger waiting = new AtomicInteger();

    RunPermits(int permits, int queue) {
        this.free = new Semaphore(permits, true);
        this.queue = queue;
    }

    /**
     * Asks, and waits where it must.
     *
     * @param nanos the longest time to wait
     */
    Answer acquire(long nanos) throws InterruptedException {
        // Without a time, tryAcquire would go past those who wait.
        if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
            return Answer.ADMITTED;
        }
        if (waiting.incrementAndGet() > queue) {
            waiting.decrementAndGet();
            return Answer.REFUSED;
        }
        try {
            return free.tryAcquire(nanos, TimeUnit.NANOSECONDS) ? Answer.ADMITTED : Answer.TOO_LATE;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void release() {
        free.release();
    }

    /** How many wait. */
    int waiting() {
        return waiting.get();
    }
}

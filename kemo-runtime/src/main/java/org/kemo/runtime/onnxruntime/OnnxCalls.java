package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OrtException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the end of the process and calls of ONNX Runtime apart: when a process ends, by Ctrl-C, say, the native library takes itself
 * apart while models still run, which then print errors that say nothing (each of eight processes that were ended while they encoded
 * texts, with 1.29.0). So calls in progress are told to end and waited for, and no other begins.
 *
 * <p>Safe for use by several threads at once, which do not wait for one another.
 */
public final class OnnxCalls {
    /** How long the end of the process waits for what cannot be told to end. */
    private static final int END_SECONDS = 20;

    /** Held by many for their calls, and by one to wait for these. */
    private static final ReadWriteLock CALLS = new ReentrantReadWriteLock();

    /** What tells the calls in progress to end. */
    private static final Set<Runnable> IN_PROGRESS = ConcurrentHashMap.newKeySet();

    private static final AtomicBoolean WATCHING = new AtomicBoolean();

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private OnnxCalls() {}

    /** Has the process wait for calls when it ends, from now on. */
    static void endBeforeTheProcess() {
        if (WATCHING.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(OnnxCalls::end, "kemo-onnxruntime-end"));
        }
    }

    /** What calls the library. */
    @FunctionalInterface
    public interface Call<T> {
        /** Does it. */
        T get() throws OrtException;
    }

    /** The process ends: whatever a call gave, nobody is to complain of it. */
    public static final class ProcessEnds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ProcessEnds() {
            super("The process ends", null, false, false);
        }

        /** Returns once the process should have ended, which it then does not: whoever it waits for must be told something. */
        public void await() {
            try {
                Thread.sleep(Duration.ofSeconds(END_SECONDS).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Calls the library.
     *
     * @param leave tells the call to end early; from another thread, perhaps before the call has begun
     * @throws ProcessEnds where the process does, whether the call was cut short or never made
     */
    public static <T> T call(Runnable leave, Call<T> call) throws OrtException {
        CALLS.readLock().lock();
        IN_PROGRESS.add(leave);
        try {
            throwAtTheEnd();
            T value = call.get();
            throwAtTheEnd();
            return value;
        } catch (OrtException e) {
            throwAtTheEnd();
            throw e;
        } finally {
            IN_PROGRESS.remove(leave);
            CALLS.readLock().unlock();
        }
    }

    private static void throwAtTheEnd() {
        if (ENDING.get()) {
            throw new ProcessEnds();
        }
    }

    private static void end() {
        ENDING.set(true);
        IN_PROGRESS.forEach(Runnable::run);
        try {
            if (CALLS.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS)) {
                CALLS.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OrtException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    /** Held by many for their calls, and by the end of the process for good. */
    private static final ReadWriteLock CALLS = new ReentrantReadWriteLock();

    /** What tells the calls in progress to end. */
    private static final Set<Runnable> IN_PROGRESS = ConcurrentHashMap.newKeySet();

    private static final Semaphore NEVER = new Semaphore(0);

    private static volatile boolean ending;

    private OnnxCalls() {}

    /** To be called once, and not from a plugin, whose classes the thread would hold on to. */
    static void endBeforeTheProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(OnnxCalls::end, "kemo-onnxruntime-end"));
    }

    /** What calls the library. */
    @FunctionalInterface
    public interface Call<T> {
        /** Does it. */
        T get() throws OrtException;
    }

    /**
     * Calls the library. Does not return once the process ends, since whoever hears of a call that was cut short would complain of it.
     *
     * @param leave tells the call to end early; from another thread, perhaps before the call has begun
     */
    public static <T> T call(Runnable leave, Call<T> call) throws OrtException {
        CALLS.readLock().lock();
        try {
            IN_PROGRESS.add(leave);
            if (ending) {
                leave.run();
            }
            return call.get();
        } finally {
            IN_PROGRESS.remove(leave);
            CALLS.readLock().unlock();
            if (ending) {
                NEVER.acquireUninterruptibly();
            }
        }
    }

    private static void end() {
        ending = true;
        IN_PROGRESS.forEach(Runnable::run);
        try {
            CALLS.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.kemo.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Tensor;

/**
 * One session of ONNX Runtime: it admits runs, runs them on threads of its own so that a caller can be let go at its deadline,
 * and ends when nothing runs any more. Safe for use by several threads at once.
 *
 * <p>A run that its caller has left is told to end; ONNX Runtime hears that between two operations. Until then it keeps
 * its permit.
 */
final class PooledSession {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSignature signature;
    private final Device device;
    private final RunPermits permits;
    private final SessionCounters counters;

    /**
     * Threads that run nothing, the one that ran last first. A CUDA session has a context for each thread, and two that take turns made
     * a run of 0.8 ms one of 1.1 on an H200. None has begun before it is needed.
     */
    private final Deque<ExecutorService> idle = new ConcurrentLinkedDeque<>();

    private int runs;
    private boolean closing;
    private boolean closed;

    /**
     * Takes over a session.
     *
     * @param permits of runs at a time; also the number of threads, which a CUDA session binds memory to
     * @param queue of runs that may wait
     */
    PooledSession(
            OrtEnvironment environment,
            OrtSession session,
            ModelSignature signature,
            Device device,
            int permits,
            int queue,
            SessionCounters counters) {
        this.environment = environment;
        this.session = session;
        this.signature = signature;
        this.device = device;
        this.permits = new RunPermits(permits, queue);
        this.counters = counters;
        ThreadFactory threads = new SessionThreads(
                "kemo-session-" + device + "-" + signature.model().getFileName());
        for (int i = 0; i < permits; i++) {
            idle.push(Executors.newSingleThreadExecutor(threads));
        }
    }

    ModelSignature signature() {
        return signature;
    }

    Device device() {
        return device;
    }

    /** How many requests wait for a permit. */
    int waiting() {
        return permits.waiting();
    }

    Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs, Duration deadline) {
        signature.check(inputs);
        begin();
        counters.requested();
        long asked = System.nanoTime();
        try {
            admit(deadline);
        } finally {
            counters.waited(System.nanoTime() - asked);
        }
        // There are as many as permits, and each comes back before its permit does.
        ExecutorService thread = idle.pop();
        Runnable afterwards = () -> {
            idle.push(thread);
            releaseAndEnd();
        };
        SessionRun run = new SessionRun(environment, session, signature, device, counters, inputs, afterwards);
        try {
            thread.execute(run);
        } catch (RuntimeException | Error e) {
            afterwards.run();
            throw e;
        }
        return await(run, Math.max(nanos(deadline) - (System.nanoTime() - asked), 0), deadline);
    }

    private static long nanos(Duration deadline) {
        // Not toNanos, which refuses what is more than 292 years.
        return TimeUnit.NANOSECONDS.convert(deadline);
    }

    /** Takes a permit, or counts the request out again. */
    private void admit(Duration deadline) {
        boolean admitted = false;
        try {
            switch (permits.acquire(nanos(deadline))) {
                case ADMITTED -> admitted = true;
                case REFUSED -> throw overloaded();
                case TOO_LATE -> throw deadlinePassed(deadline);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            if (!admitted) {
                end();
            }
        }
        if (isClosing()) {
            releaseAndEnd();
            throw OnnxSessionPool.closed();
        }
    }

    private Map<String, FloatTensor> await(SessionRun run, long nanos, Duration deadline) {
        try {
            return run.await(nanos);
        } catch (TimeoutException e) {
            throw deadlinePassed(deadline);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KemoException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                // Out of memory is not a fault.
                throw error;
            }
            throw new IllegalStateException("A run of the model [" + signature.model() + "] failed", e.getCause());
        }
    }

    private KemoException overloaded() {
        counters.overloaded();
        return KemoException.device(
                "The model [" + signature.model() + "] on [" + device + "] is overloaded: [" + waiting()
                        + "] requests wait already.",
                "Ask again later or more slowly, or raise host.sessions.queue.");
    }

    private KemoException deadlinePassed(Duration deadline) {
        counters.cancelled();
        return KemoException.device(
                "The model [" + signature.model() + "] on [" + device + "] did not answer within ["
                        + deadline.toMillis() + " ms].",
                "Give it less at a time or more time: host.sessions.deadlineSeconds.");
    }

    private KemoException interrupted() {
        counters.cancelled();
        Thread.currentThread().interrupt();
        return KemoException.device(
                "The run of the model [" + signature.model() + "] was cancelled.", "Start it again if it is wanted.");
    }

    /** Ends the session where nothing runs; from then on it takes nothing. */
    synchronized boolean closeIfIdle() {
        if (runs > 0) {
            return false;
        }
        if (!closed) {
            closed = true;
            idle.forEach(ExecutorService::shutdown);
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("The session of [" + signature.model() + "] does not close", e);
            }
        }
        return true;
    }

    /** Refuses what comes and what waits from now on. */
    synchronized void refuse() {
        closing = true;
    }

    /** Refuses what comes and what waits, and ends the session as soon as nothing runs. */
    synchronized void close() {
        refuse();
        boolean interrupted = false;
        while (!closeIfIdle()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void begin() {
        if (closing || closed) {
            throw OnnxSessionPool.closed();
        }
        runs++;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private void releaseAndEnd() {
        permits.release();
        end();
    }

    private synchronized void end() {
        runs--;
        notifyAll();
    }
}

package org.kemo.runtime.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.onnxruntime.OnnxTensors;

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
    private final ThreadPoolExecutor threads;
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
        // Permits bound what is in this queue: a run waits there only until the thread before it has come to its end.
        this.threads =
                new ThreadPoolExecutor(permits, permits, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(
                            task,
                            "kemo-session-" + device + "-" + signature.model().getFileName());
                    thread.setDaemon(true);
                    return thread;
                });
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
        boolean handedOver = false;
        try {
            counters.requested();
            long allowed = TimeUnit.NANOSECONDS.convert(deadline);
            long asked = System.nanoTime();
            admit(allowed, deadline);
            releaseIfClosing();
            long waited = System.nanoTime() - asked;
            counters.waited(waited);
            Run run = new Run(inputs);
            threads.execute(run);
            handedOver = true;
            return await(run, Math.max(allowed - waited, 0), deadline);
        } finally {
            if (!handedOver) {
                end();
            }
        }
    }

    private void admit(long allowed, Duration deadline) {
        try {
            switch (permits.acquire(allowed)) {
                case ADMITTED -> {}
                case REFUSED -> {
                    counters.overloaded();
                    throw KemoException.device(
                            "The model [" + signature.model() + "] on [" + device + "] is overloaded: [" + waiting()
                                    + "] requests wait already.",
                            "Ask again later or more slowly, or raise host.sessions.queue.");
                }
                case TOO_LATE -> throw deadlinePassed(deadline);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private synchronized void releaseIfClosing() {
        if (closing) {
            permits.release();
            throw OnnxSessionPool.closed();
        }
    }

    private Map<String, FloatTensor> await(Run run, long nanos, Duration deadline) {
        try {
            return run.answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            run.terminate();
            throw deadlinePassed(deadline);
        } catch (InterruptedException e) {
            run.terminate();
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KemoException failure) {
                throw failure;
            }
            throw new IllegalStateException("A run of the model [" + signature.model() + "] failed", e.getCause());
        }
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
            threads.shutdown();
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("The session of [" + signature.model() + "] does not close", e);
            }
        }
        return true;
    }

    /** Refuses what comes and what waits, and ends the session as soon as nothing runs. */
    synchronized void close() {
        closing = true;
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

    private synchronized void end() {
        runs--;
        notifyAll();
    }

    /** One run, which its caller waits for and may leave. */
    private final class Run implements Runnable {
        private final Map<String, ? extends Tensor> inputs;
        private final CompletableFuture<Map<String, FloatTensor>> answer = new CompletableFuture<>();
        private OrtSession.RunOptions options;
        private boolean unwanted;

        Run(Map<String, ? extends Tensor> inputs) {
            this.inputs = inputs;
        }

        @Override
        public void run() {
            Map<String, FloatTensor> outputs = Map.of();
            Throwable failure = null;
            long begun = System.nanoTime();
            try {
                outputs = outputs();
            } catch (OrtException e) {
                failure = failed(e);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                counters.ran(System.nanoTime() - begun);
                // Before the caller hears of it, so that who asks again finds the permit free.
                permits.release();
                end();
            }
            if (failure == null) {
                answer.complete(outputs);
            } else {
                answer.completeExceptionally(failure);
            }
        }

        private Map<String, FloatTensor> outputs() throws OrtException {
            try (OrtSession.RunOptions mine = new OrtSession.RunOptions()) {
                open(mine);
                Map<String, OnnxTensor> tensors = signature.toNative(environment, inputs);
                try (OrtSession.Result result = session.run(tensors, new LinkedHashSet<>(signature.outputs()), mine)) {
                    Map<String, FloatTensor> outputs = new LinkedHashMap<>();
                    for (Map.Entry<String, OnnxValue> output : result) {
                        outputs.put(output.getKey(), OnnxTensors.fromNative((OnnxTensor) output.getValue()));
                    }
                    return outputs;
                } finally {
                    OnnxValue.close(tensors);
                    forget();
                }
            }
        }

        private synchronized void open(OrtSession.RunOptions mine) throws OrtException {
            options = mine;
            mine.setTerminate(unwanted);
        }

        private synchronized void forget() {
            options = null;
        }

        /** Tells the run to end; it has no caller any more. */
        synchronized void terminate() {
            unwanted = true;
            if (options != null) {
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    throw new IllegalStateException("A run of [" + signature.model() + "] cannot be ended", e);
                }
            }
        }

        private synchronized KemoException failed(OrtException e) {
            if (!unwanted) {
                counters.failed();
            }
            return RunErrors.of(e, signature.model(), device);
        }
    }
}

package org.kemo.runtime.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.onnxruntime.OnnxCalls;
import org.kemo.runtime.onnxruntime.OnnxTensors;

/** One run of a session: a thread of the session runs it, and its caller waits for it and may leave it. */
final class SessionRun implements Runnable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSignature signature;
    private final Map<String, ? extends Tensor> inputs;
    private final SessionCounters counters;
    private final Device device;
    private final Runnable afterwards;
    private final CompletableFuture<Map<String, FloatTensor>> answer = new CompletableFuture<>();

    /** Guarded by this, as what follows: not to be touched before and after ONNX Runtime has it. */
    private OrtSession.RunOptions options;

    private boolean unwanted;

    /**
     * A run that has not begun.
     *
     * @param inputs checked against the signature
     * @param afterwards called once at the end, before the caller hears of it: whoever asks again finds everything free
     */
    SessionRun(
            OrtEnvironment environment,
            OrtSession session,
            ModelSignature signature,
            Device device,
            SessionCounters counters,
            Map<String, ? extends Tensor> inputs,
            Runnable afterwards) {
        this.environment = environment;
        this.session = session;
        this.signature = signature;
        this.device = device;
        this.counters = counters;
        this.inputs = inputs;
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        Map<String, FloatTensor> outputs = Map.of();
        Throwable failure = null;
        long begun = System.nanoTime();
        try {
            outputs = outputs();
        } catch (OnnxCalls.ProcessEnds e) {
            afterwards.run();
            e.await();
            answer.completeExceptionally(OnnxSessionPool.closed());
            return;
        } catch (OrtException e) {
            failure = RunErrors.of(e, signature.model(), device);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        counters.ran(System.nanoTime() - begun);
        if (failure != null && !isUnwanted()) {
            counters.failed();
        }
        afterwards.run();
        if (failure == null) {
            answer.complete(outputs);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private Map<String, FloatTensor> outputs() throws OrtException {
        try (OrtSession.RunOptions mine = new OrtSession.RunOptions()) {
            open(mine);
            try {
                return OnnxCalls.call(this::terminate, () -> outputs(mine));
            } finally {
                forget();
            }
        }
    }

    private Map<String, FloatTensor> outputs(OrtSession.RunOptions mine) throws OrtException {
        Map<String, OnnxTensor> tensors = signature.toNative(environment, inputs);
        try (OrtSession.Result result = session.run(tensors, new LinkedHashSet<>(signature.outputs()), mine)) {
            Map<String, FloatTensor> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(output.getKey(), OnnxTensors.fromNative((OnnxTensor) output.getValue()));
            }
            return outputs;
        } finally {
            OnnxValue.close(tensors);
        }
    }

    private synchronized void open(OrtSession.RunOptions mine) throws OrtException {
        options = mine;
        mine.setTerminate(unwanted);
    }

    private synchronized void forget() {
        options = null;
    }

    private synchronized boolean isUnwanted() {
        return unwanted;
    }

    /**
     * Waits for the outputs. Where it throws one of the first two, the run is left: it is told to end, and ends after the
     * operation that it is at.
     *
     * @throws TimeoutException after that time
     * @throws InterruptedException where the thread is interrupted
     * @throws ExecutionException with what went wrong
     */
    Map<String, FloatTensor> await(long nanos) throws TimeoutException, InterruptedException, ExecutionException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            terminate();
            throw e;
        }
    }

    private synchronized void terminate() {
        unwanted = true;
        if (options != null) {
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                throw new IllegalStateException("A run of [" + signature.model() + "] cannot be ended", e);
            }
        }
    }
}

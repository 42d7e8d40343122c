package org.kemo.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Tensor;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.OnnxSessionPool;
import org.kemo.runtime.session.SessionsConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One model with the same numbers, from arrays to arrays, by ONNX Runtime itself and by Kemo's session pool, on the same two threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SessionBenchmark {
    private static final int THREADS = 2;
    private static final int LENGTH = 21;

    /** An ONNX file that reads ids of tokens. */
    @Param("")
    public String model;

    /** Texts of one run. */
    @Param({"1", "32"})
    public int texts;

    /** {@code cpu} or {@code cuda:N}. */
    @Param("cpu")
    public String device;

    private OnnxSessionPool pool;
    private SessionLease lease;
    private OrtEnvironment environment;
    private OrtSession session;
    private Map<String, Tensor> inputs;

    /** Opens the model twice; the pool first, which makes the environment and its threads. */
    @Setup
    public void open() throws OrtException {
        pool = new OnnxSessionPool(
                new SessionsConfiguration(List.of(device), THREADS, false, 2, 64, 120, 8192), FileSums.inMemory());
        lease = pool.lease(SessionRequest.of(Path.of(model)));
        environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.disablePerSessionThreads();
            // As the pool has it.
            options.setMemoryPatternOptimization(false);
            if (device.startsWith("cuda:")) {
                addCuda(options);
            }
            session = environment.createSession(model, options);
        }
        inputs = new Tokens(texts, LENGTH).of(lease.inputs());
    }

    private void addCuda(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(Integer.parseInt(device.substring("cuda:".length())))) {
            // As the pool has it, too.
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    /** Closes both. */
    @TearDown
    public void close() throws OrtException {
        session.close();
        lease.close();
        pool.close();
    }

    /** By the pool: queue, permits, a thread of the session's, counters. */
    @Benchmark
    public Map<String, FloatTensor> pool() {
        return lease.run(inputs);
    }

    /** By ONNX Runtime alone. */
    @Benchmark
    public Map<String, float[]> bare() throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            tensors.put(input.getKey(), tensor(input.getValue()));
        }
        try (OrtSession.Result result = session.run(tensors)) {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                float[] values = new float[buffer.remaining()];
                buffer.get(values);
                outputs.put(output.getKey(), values);
            }
            return outputs;
        } finally {
            OnnxValue.close(tensors);
        }
    }

    private OnnxTensor tensor(Tensor value) throws OrtException {
        long[] shape = Arrays.stream(value.shape()).asLongStream().toArray();
        return value instanceof LongTensor ids
                ? OnnxTensor.createTensor(environment, LongBuffer.wrap(ids.values()), shape)
                : OnnxTensor.createTensor(environment, FloatBuffer.wrap(((FloatTensor) value).values()), shape);
    }
}

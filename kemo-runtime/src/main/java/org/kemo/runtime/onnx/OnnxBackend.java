package org.kemo.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Tensor;
import org.kemo.api.service.ModelPrecision;
import org.kemo.runtime.onnxruntime.OnnxCalls;
import org.kemo.runtime.onnxruntime.OnnxEnvironment;
import org.kemo.runtime.onnxruntime.OnnxTensors;

/**
 * Runs a network as the model that {@link OnnxNetwork} makes of it, on the CPU. For comparing backends: each call builds the model and
 * a session anew. What serves is the session pool.
 */
public final class OnnxBackend implements NetworkBackend {
    private final ModelPrecision precision;

    /** For {@link java.util.ServiceLoader}. */
    public OnnxBackend() {
        this(ModelPrecision.FLOAT32);
    }

    OnnxBackend(ModelPrecision precision) {
        this.precision = precision;
    }

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public Map<String, FloatTensor> run(
            Network network, Map<String, FloatTensor> parameters, Map<String, ? extends Tensor> inputs) {
        byte[] model =
                OnnxNetwork.of("network", "", network, precision, parameters).bytes();
        OrtEnvironment environment = OnnxEnvironment.with(1, false);
        try (OrtSession.SessionOptions options = OnnxEnvironment.sessionOptions(true);
                OrtSession session = environment.createSession(model, options)) {
            return OnnxCalls.call(() -> {}, () -> run(environment, session, inputs));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not run the network", e);
        }
    }

    private static Map<String, FloatTensor> run(
            OrtEnvironment environment, OrtSession session, Map<String, ? extends Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> values = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, ? extends Tensor> input : inputs.entrySet()) {
                values.put(input.getKey(), OnnxTensors.toNative(environment, input.getValue()));
            }
            Map<String, FloatTensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(values)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), OnnxTensors.fromNative((OnnxTensor) output.getValue()));
                }
            }
            return outputs;
        } finally {
            OnnxValue.close(values);
        }
    }

    /** Empty: ONNX Runtime does not differentiate. */
    @Override
    public Optional<Map<String, FloatTensor>> gradients(
            Network network,
            Objective objective,
            Map<String, FloatTensor> parameters,
            Map<String, ? extends Tensor> inputs,
            Map<String, ? extends Tensor> targets) {
        return Optional.empty();
    }
}

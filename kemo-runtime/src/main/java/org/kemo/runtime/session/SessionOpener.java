package org.kemo.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kemo.api.KemoException;
import org.kemo.runtime.onnxruntime.OnnxCalls;
import org.kemo.runtime.onnxruntime.OnnxEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions, and knows which devices can be had. Safe for use by several threads at once. */
final class SessionOpener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);

    private final OrtEnvironment environment;
    private final SessionsConfiguration configuration;
    private final Map<Device, Optional<String>> lacks = new ConcurrentHashMap<>();

    SessionOpener(OrtEnvironment environment, SessionsConfiguration configuration) {
        this.environment = environment;
        this.configuration = configuration;
    }

    /** Whether a device can be had; tried once, and said once where it cannot. */
    boolean has(Device device) {
        return lacks.computeIfAbsent(device, this::trial).isEmpty();
    }

    private Optional<String> trial(Device device) {
        try {
            options(device, true).close();
            return Optional.empty();
        } catch (OrtException e) {
            LOG.warn(
                    "The device [{}] cannot be had; the next one in host.sessions.devices serves. ({})",
                    device,
                    e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Opens a session.
     *
     * @throws KemoException category PLUGIN, where the model is wrong; category DEVICE, where the device has no memory
     */
    PooledSession open(ModelFile model, Device device, SessionCounters counters) {
        try (OrtSession.SessionOptions options = options(device, model.exactSums())) {
            OrtSession session = OnnxCalls.call(
                    () -> {}, () -> environment.createSession(model.path().toString(), options));
            try {
                return new PooledSession(
                        environment,
                        session,
                        ModelSignature.of(model.path(), session),
                        device,
                        configuration.permits(),
                        configuration.queue(),
                        counters);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OnnxCalls.ProcessEnds e) {
            e.await();
            throw OnnxSessionPool.closed();
        } catch (OrtException e) {
            throw RunErrors.opening(e, model.path(), device);
        }
    }

    private OrtSession.SessionOptions options(Device device, boolean exactSums) throws OrtException {
        OrtSession.SessionOptions options = OnnxEnvironment.sessionOptions(exactSums);
        try {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // A plan for each length that ever comes would be kept, and lengths hardly repeat.
            options.setMemoryPatternOptimization(false);
            // What was looked at is what is loaded, whatever the name of the file ends with.
            options.addConfigEntry("session.load_model_format", "ONNX");
            if (device.cuda()) {
                addCuda(options, device);
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private void addCuda(OrtSession.SessionOptions options, Device device) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
            // Doubling what is held at each new length would waste most of it.
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            cuda.add("gpu_mem_limit", Long.toString((long) configuration.memoryMiB() << 20));
            // Trying all algorithms again for each new length takes longer than it gains.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            // The same answers as on the CPU: 10 bits of mantissa are not enough for that.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }
}

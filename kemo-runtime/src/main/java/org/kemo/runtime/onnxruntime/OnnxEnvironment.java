package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;

/**
 * ONNX Runtime's environment, of which a process has one. It has threads that all sessions share, and their number is decided
 * by whoever asks first: so this is the only place that makes it, and the session pool asks before anything else runs.
 *
 * <p>Official builds report to their maker what they run and on what machine. That is switched off here; of the environment itself they
 * report before that, which only the environment variable {@code ORT_DISABLE_TELEMETRY=1} prevents. The launcher sets it.
 */
public final class OnnxEnvironment {
    private OnnxEnvironment() {}

    /**
     * The environment; made with these threads where there is none yet.
     *
     * @param threads within one operation, the calling one among them; at least 1
     * @param spinning whether idle threads wait busily: faster by a little, and very slow where something else needs the
     *     cores
     */
    public static OrtEnvironment with(int threads, boolean spinning) {
        try (OrtEnvironment.ThreadingOptions options = new OrtEnvironment.ThreadingOptions()) {
            options.setGlobalIntraOpNumThreads(threads);
            // Sessions run their nodes one after the other: threads between nodes would only be idle.
            options.setGlobalInterOpNumThreads(1);
            options.setGlobalSpinControl(spinning);
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "kemo", options);
            environment.setTelemetry(false);
            return environment;
        } catch (IllegalStateException alreadyThere) {
            return OrtEnvironment.getEnvironment();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses " + threads + " threads", e);
        }
    }
}

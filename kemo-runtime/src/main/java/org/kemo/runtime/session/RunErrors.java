package org.kemo.runtime.session;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.kemo.api.KemoException;

/** Says whose an error of ONNX Runtime is. */
final class RunErrors {
    private RunErrors() {}

    /** The error of a run. */
    static KemoException of(OrtException e, Path model, Device device) {
        if (outOfMemory(e)) {
            return noMemory(model, device).causedBy(e);
        }
        String problem = "The model [" + model + "] failed on [" + device + "]: " + e.getMessage();
        if (e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_ARGUMENT) {
            return KemoException.input(problem, "Check that its inputs are what it was made for.")
                    .causedBy(e);
        }
        return KemoException.plugin(problem, "Check the model, and that its inputs are what it was made for.")
                .causedBy(e);
    }

    /** The error of opening a session. */
    static KemoException opening(OrtException e, Path model, Device device) {
        if (outOfMemory(e)) {
            return noMemory(model, device).causedBy(e);
        }
        return KemoException.plugin(
                        "ONNX Runtime does not take the model [" + model + "] on [" + device + "]: " + e.getMessage(),
                        "Export it again, or fetch it again.")
                .causedBy(e);
    }

    private static KemoException noMemory(Path model, Device device) {
        return KemoException.device(
                "The device [" + device + "] has no memory left for the model [" + model + "].",
                "Give it less at a time, or choose another device.");
    }

    /** ONNX Runtime has no code for it. */
    private static boolean outOfMemory(OrtException e) {
        String message = e.getMessage().toLowerCase(Locale.ROOT);
        return Stream.of(
                        "failed to allocate",
                        "out of memory",
                        "bad_alloc",
                        "bad allocation",
                        "alloc_failed",
                        "available memory of")
                .anyMatch(message::contains);
    }
}

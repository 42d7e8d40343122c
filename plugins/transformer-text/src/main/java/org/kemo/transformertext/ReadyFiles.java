package org.kemo.transformertext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.service.ModelPrecision;

/** The ONNX files of a folder that are run as they stand, by the names that the hub's exports have. */
final class ReadyFiles {
    private ReadyFiles() {}

    /**
     * The file for a precision. Of 32 bits Kemo makes its own where it can: that can be trained further and exported.
     *
     * @param model asks for the precision
     * @param known whether Kemo has a network for the model
     * @param weighed whether its weights are there, from which Kemo then makes one itself
     * @return empty where Kemo makes it
     * @throws KemoException category CONFIGURATION, where there is one of another precision only and Kemo cannot make one
     */
    static Optional<Path> find(Path folder, TextModel model, boolean known, boolean weighed) {
        boolean made = known && weighed;
        Optional<Path> wanted = first(folder, model.usage().precision());
        Optional<Path> usual = first(folder, ModelPrecision.FLOAT32);
        if (wanted.isEmpty() && usual.isPresent() && !made) {
            throw KemoException.configuration(
                    "The model [" + model.reference() + "] is the ready file [" + usual.get()
                            + "], and there is none of the precision ["
                            + model.usage().precision().name().toLowerCase(Locale.ROOT) + "] beside it: none of "
                            + names(model.usage().precision()) + ".",
                    "Put one of these there, "
                            + (known ? "or model.safetensors, from which Kemo makes one; " : "")
                            + "or leave precision at float32.");
        }
        return made && model.usage().precision() == ModelPrecision.FLOAT32 ? Optional.empty() : wanted;
    }

    private static Optional<Path> first(Path folder, ModelPrecision precision) {
        return names(precision).stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<String> names(ModelPrecision precision) {
        return switch (precision) {
            case FLOAT32 -> List.of("onnx/model.onnx", "model.onnx");
            case FLOAT16 -> List.of("onnx/model_fp16.onnx", "model_fp16.onnx");
            case INT8 ->
                List.of("onnx/model_quantized.onnx", "onnx/model_int8.onnx", "model_quantized.onnx", "model_int8.onnx");
        };
    }
}

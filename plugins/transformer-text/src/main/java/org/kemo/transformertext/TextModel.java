package org.kemo.transformertext;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionRequest;

/**
 * Which model encodes text, and how.
 *
 * @param reference of its folder, as {@link org.kemo.api.service.ModelStore} resolves it
 * @param pooling from hidden states to one vector
 * @param layered whether the folder has to list a Dense layer behind the transformer, in {@code modules.json}: without that the
 *     vectors of such a model would be wrong
 * @param normalize whether pooled vectors are scaled to length 1, beside what the folder says itself
 * @param maxTokens longer texts are cut; 0 for as many as the model takes
 * @param language the token for the language, such as {@code kk_KZ}, that takes the place of the one that the tokenizer puts
 * @param usage what goes on, how it is computed, and what is trained further
 */
public record TextModel(
        String reference,
        Pooling pooling,
        boolean layered,
        boolean normalize,
        int maxTokens,
        Optional<String> language,
        Usage usage) {
    /** Asks for a session on an ONNX file of the model. */
    SessionRequest request(Path onnx) {
        // CUDA has no operators for it: all would be copied to and fro.
        return usage.precision() == ModelPrecision.INT8
                ? new SessionRequest(onnx, List.of("cpu"))
                : SessionRequest.of(onnx);
    }
}

package org.kemo.mbert;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.service.ModelPrecision;
import org.kemo.transformertext.Output;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.Tune;

/**
 * Options of Multilingual BERT.
 *
 * @param model its folder
 * @param pooling from hidden states to one vector
 * @param maxTokens longer texts are cut
 * @param output what goes on to the network behind
 * @param precision with which numbers it is computed
 * @param tune which layers are trained further
 */
record MbertOptions(
        @Option(
                        value = "The model's files: a name or reference that kemo models knows, or file:PATH",
                        defaultValue = "mbert")
                String model,
        @Option(value = "How hidden states become one vector: cls, mean, max or last", defaultValue = "mean")
                Pooling pooling,
        @Option(value = "Longer texts are cut", defaultValue = "512", unit = "tokens", min = 1, max = 512)
                int maxTokens,
        @Option(
                        value = "What goes on: pooled (one vector), or tokens (the hidden state of every token, too)",
                        defaultValue = "pooled")
                Output output,
        @Option(
                        value = "With which numbers it is computed: float32, float16 (CUDA) or int8 (CPU)",
                        defaultValue = "float32")
                ModelPrecision precision,
        @Option(value = "Which layers are trained further", defaultValue = "{}") Tune tune) {
    TextModel textModel() {
        return new TextModel(model, pooling, false, false, maxTokens, output, Optional.empty(), precision, tune);
    }
}

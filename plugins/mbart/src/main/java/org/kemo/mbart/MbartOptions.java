package org.kemo.mbart;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.service.ModelPrecision;
import org.kemo.transformertext.Output;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.Tune;

/**
 * Options of mBART.
 *
 * @param model its folder
 * @param pooling from hidden states to one vector
 * @param language of the texts
 * @param maxTokens longer texts are cut
 * @param output what goes on to the network behind
 * @param precision with which numbers it is computed
 * @param tune which layers are trained further
 */
record MbartOptions(
        @Option(
                        value = "The model's files: a name or reference that kemo models knows, or file:PATH",
                        defaultValue = "mbart")
                String model,
        @Option(value = "How hidden states become one vector: cls, mean, max or last", defaultValue = "mean")
                Pooling pooling,
        @Option(value = "The language of the texts, as mBART names it", defaultValue = "kk_KZ") String language,
        @Option(value = "Longer texts are cut", defaultValue = "1024", unit = "tokens", min = 1, max = 1024)
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
        return new TextModel(model, pooling, false, false, maxTokens, output, Optional.of(language), precision, tune);
    }
}

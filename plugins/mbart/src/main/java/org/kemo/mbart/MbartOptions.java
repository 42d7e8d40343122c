package org.kemo.mbart;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.Usage;

/**
 * Options of mBART.
 *
 * @param model its folder
 * @param pooling from hidden states to one vector
 * @param language of the texts
 * @param maxTokens longer texts are cut
 * @param usage what all transformers are asked alike
 */
record MbartOptions(
        @Option(
                        value = "The model's files: a name or reference that kemo models knows, or file:PATH",
                        defaultValue = "mbart")
                String model,
        @Option(
                        value =
                                "How hidden states become one vector: model (as its folder says, else mean), cls, mean, max or last",
                        defaultValue = "model")
                Pooling pooling,
        @Option(value = "The language of the texts, as mBART names it", defaultValue = "kk_KZ") String language,
        @Option(value = "Longer texts are cut", defaultValue = "1024", unit = "tokens", min = 1, max = 1024)
                int maxTokens,
        @OptionGroup Usage usage) {
    TextModel textModel() {
        return new TextModel(model, pooling, false, false, maxTokens, Optional.of(language), usage);
    }
}

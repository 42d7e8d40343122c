package org.kemo.roberta;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.Usage;

/**
 * Options of RoBERTa.
 *
 * @param model its folder
 * @param pooling from hidden states to one vector
 * @param maxTokens longer texts are cut
 * @param usage what all transformers are asked alike
 */
record RobertaOptions(
        @Option(
                        value = "The model's files: a name or reference that kemo models knows, or file:PATH",
                        defaultValue = "roberta")
                String model,
        @Option(
                        value =
                                "How hidden states become one vector: model (as its folder says, else mean), cls, mean, max or last",
                        defaultValue = "model")
                Pooling pooling,
        @Option(value = "Longer texts are cut", defaultValue = "512", unit = "tokens", min = 1, max = 512)
                int maxTokens,
        @OptionGroup Usage usage) {
    TextModel textModel() {
        return new TextModel(model, pooling, false, false, maxTokens, Optional.empty(), usage);
    }
}

package org.kemo.labse;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.Usage;

/**
 * Options of LaBSE.
 *
 * @param model its folder
 * @param maxTokens longer texts are cut
 * @param usage what all transformers are asked alike
 */
record LabseOptions(
        @Option(
                        value = "The model's files: a name or reference that kemo models knows, or file:PATH",
                        defaultValue = "labse")
                String model,
        @Option(value = "Longer texts are cut", defaultValue = "256", unit = "tokens", min = 1, max = 256)
                int maxTokens,
        @OptionGroup Usage usage) {
    TextModel textModel() {
        return new TextModel(model, Pooling.MODEL, true, false, maxTokens, Optional.empty(), usage);
    }
}

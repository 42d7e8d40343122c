package org.kemo.transformertext;

import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.api.component.OptionGroup;

/**
 * Options of any transformer.
 *
 * @param model a folder in the layout of the Hugging Face hub
 * @param pooling from hidden states to one vector
 * @param normalize whether pooled vectors are scaled to length 1
 * @param maxTokens longer texts are cut
 * @param usage what all transformers are asked alike
 */
record TransformerTextOptions(
        @Option(
                        "The model's folder: file:PATH, where a relative one begins at Kemo's own folder, or another reference that kemo"
                                + " models knows")
                String model,
        @Option(
                        value =
                                "How hidden states become one vector: model (as its folder says, else mean), cls, mean, max or last",
                        defaultValue = "model")
                Pooling pooling,
        @Option(
                        value = "Whether vectors are scaled to length 1 even if the folder does not say so",
                        defaultValue = "false")
                boolean normalize,
        @Option(
                        value = "Longer texts are cut; 0 for as many as the model takes",
                        defaultValue = "0",
                        unit = "tokens",
                        min = 0,
                        max = 1_000_000)
                int maxTokens,
        @OptionGroup Usage usage) {
    TextModel textModel() {
        return new TextModel(model, pooling, false, normalize, maxTokens, Optional.empty(), usage);
    }
}

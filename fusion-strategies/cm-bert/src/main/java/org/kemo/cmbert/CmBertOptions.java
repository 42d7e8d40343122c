package org.kemo.cmbert;

import org.kemo.api.component.Option;

/** Which modality holds the words, how they are compared, and which of them is classified. */
record CmBertOptions(
        @Option(value = "The modality that holds the words", defaultValue = "text") String text,
        @Option(
                        value = "Width in which the steps of a modality are compared with each other; the paper has 30",
                        defaultValue = "30",
                        min = 1,
                        unit = "units")
                int width,
        @Option(
                        value =
                                "What is classified: first, the first word, which is [CLS] where the encoder has one; mean, the mean"
                                        + " over the words",
                        defaultValue = "first")
                Summary summary,
        @Option(
                        value = "Share of the attention and of the words after it that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {
    /** What stands for the sentence. */
    enum Summary {
        /** The first word. */
        FIRST,
        /** The mean over the words. */
        MEAN
    }
}

package org.kemo.cmbert;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code cm-bert}. */
@Extension
@Describe(
        value =
                "Lets the words attend to each other by what the words and the other modalities say, then classifies the first of"
                        + " them. Words are not aligned to sound: its frames are pooled to the words by their share of the time."
                        + " Needs two modalities, several words and several frames: beside a single word, or with a single"
                        + " step, another modality has no say. Without words, what is there answers by itself.",
        source = "CM-BERT: Yang et al., 2020, scaled for each utterance and not over the batch")
final class CmBertFactory implements FusionStrategyFactory<CmBertOptions> {
    @Override
    public String name() {
        return "cm-bert";
    }

    @Override
    public Class<CmBertOptions> options() {
        return CmBertOptions.class;
    }

    @Override
    public FusionStrategy create(CmBertOptions options) {
        return new CmBertFusion(options);
    }
}

package org.kemo.crossmodalalignment;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code cross-modal-alignment}. */
@Extension
@Describe(
        value =
                "Lets each word attend to the frames of every other modality, weighted by a prior over where in time they meet, and"
                        + " multiplies the word with what it found. Needs two modalities; where the words are missing, or all"
                        + " others, what is there answers by itself.",
        source = "KEMO paper, eqs. 10-12")
final class CrossModalAlignmentFactory implements FusionStrategyFactory<CrossModalAlignmentOptions> {
    @Override
    public String name() {
        return "cross-modal-alignment";
    }

    @Override
    public Class<CrossModalAlignmentOptions> options() {
        return CrossModalAlignmentOptions.class;
    }

    @Override
    public FusionStrategy create(CrossModalAlignmentOptions options) {
        return new CrossModalAlignment(options);
    }
}

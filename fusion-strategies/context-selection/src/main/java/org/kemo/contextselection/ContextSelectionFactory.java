package org.kemo.contextselection;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code context-selection}. */
@Extension
@Describe(
        value =
                "Chooses one modality for each utterance: the one that gives the first cue above its threshold, speech where it is"
                        + " loud or wide in pitch, text where it is long. Thresholds come from the training data.",
        source = "KEMO paper, section IV.F.4, context-based dynamic model selection")
final class ContextSelectionFactory implements FusionStrategyFactory<ContextSelectionOptions> {
    @Override
    public String name() {
        return "context-selection";
    }

    @Override
    public Class<ContextSelectionOptions> options() {
        return ContextSelectionOptions.class;
    }

    @Override
    public FusionStrategy create(ContextSelectionOptions options) {
        return new ContextSelection(options);
    }
}

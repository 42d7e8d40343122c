package org.kemo.cascade;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code cascade}. */
@Extension
@Describe(
        value =
                "Puts the decision of one modality, a one-hot vector, beside the encodings of the others and classifies both"
                        + " together. Needs two modalities; where the one that leads is missing, it hands nothing on.",
        source = "KEMO paper, eqs. 7-9")
final class CascadeFactory implements FusionStrategyFactory<CascadeOptions> {
    @Override
    public String name() {
        return "cascade";
    }

    @Override
    public Class<CascadeOptions> options() {
        return CascadeOptions.class;
    }

    @Override
    public FusionStrategy create(CascadeOptions options) {
        return new CascadeFusion(options);
    }
}

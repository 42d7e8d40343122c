package org.kemo.concat;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code concat}. */
@Extension
@Describe(
        value =
                "Early fusion: the encodings of all modalities side by side, one hidden layer, softmax; a missing modality is a row"
                        + " of zeros.",
        source = "Baseline; Baltrusaitis et al., 2019, section 6.1, early fusion")
final class ConcatFactory implements FusionStrategyFactory<ConcatOptions> {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public Class<ConcatOptions> options() {
        return ConcatOptions.class;
    }

    @Override
    public FusionStrategy create(ConcatOptions options) {
        return new ConcatFusion(options);
    }
}

package org.kemo.dynamicgated;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code dynamic-gated}. */
@Extension
@Describe(
        value =
                "Weighs what the modalities answer by themselves with a gate that looks at each utterance; missing ones count 0.",
        source = "KEMO paper, eq. 13")
final class DynamicGatedFactory implements FusionStrategyFactory<DynamicGatedOptions> {
    @Override
    public String name() {
        return "dynamic-gated";
    }

    @Override
    public Class<DynamicGatedOptions> options() {
        return DynamicGatedOptions.class;
    }

    @Override
    public FusionStrategy create(DynamicGatedOptions options) {
        return new DynamicGatedFusion(options);
    }
}

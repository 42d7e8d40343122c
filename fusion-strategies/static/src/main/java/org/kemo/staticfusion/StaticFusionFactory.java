package org.kemo.staticfusion;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code static}. */
@Extension
@Describe(
        value = "Weighs what the modalities answer by themselves, the same for every utterance; missing ones count 0.",
        source = "KEMO paper, eq. 6")
final class StaticFusionFactory implements FusionStrategyFactory<StaticFusionOptions> {
    @Override
    public String name() {
        return "static";
    }

    @Override
    public Class<StaticFusionOptions> options() {
        return StaticFusionOptions.class;
    }

    @Override
    public FusionStrategy create(StaticFusionOptions options) {
        return new StaticFusion(options);
    }
}

package org.example.logarithmicpool;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code logarithmic-pool}. */
@Extension
@Describe(
        value = "Multiplies what the modalities answer, each raised to an exponent that is learned for each utterance.",
        source = "Heskes, 1998; Hinton, 2002")
final class LogarithmicPoolFusionFactory implements FusionStrategyFactory<LogarithmicPoolFusionOptions> {
    @Override
    public String name() {
        return "logarithmic-pool";
    }

    @Override
    public Class<LogarithmicPoolFusionOptions> options() {
        return LogarithmicPoolFusionOptions.class;
    }

    @Override
    public FusionStrategy create(LogarithmicPoolFusionOptions options) {
        return new LogarithmicPoolFusion(options);
    }
}

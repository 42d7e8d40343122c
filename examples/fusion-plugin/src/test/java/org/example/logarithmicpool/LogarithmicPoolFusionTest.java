package org.example.logarithmicpool;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

/** All that has to hold of every strategy, by Kemo's test kit. */
final class LogarithmicPoolFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new LogarithmicPoolFusion(new LogarithmicPoolFusionOptions(2));
    }
}

package org.kemo.staticfusion;

import java.util.Map;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class StaticFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new StaticFusion(new StaticFusionOptions(Map.of(), false));
    }
}

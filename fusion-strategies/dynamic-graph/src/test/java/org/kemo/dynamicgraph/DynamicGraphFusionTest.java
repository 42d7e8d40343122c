package org.kemo.dynamicgraph;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class DynamicGraphFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new DynamicGraphFusion(new DynamicGraphOptions(4, 0, 0));
    }
}

package org.kemo.dynamicgated;

import java.util.Set;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class DynamicGatedFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new DynamicGatedFusion(new DynamicGatedOptions(Set.of(GateInput.POOLED), 0, 0));
    }
}

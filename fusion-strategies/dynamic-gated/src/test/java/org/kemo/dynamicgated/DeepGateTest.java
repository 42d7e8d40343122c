package org.kemo.dynamicgated;

import java.util.EnumSet;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class DeepGateTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new DynamicGatedFusion(new DynamicGatedOptions(EnumSet.allOf(GateInput.class), 6, 0.3));
    }
}

package org.kemo.cascade;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class CascadeFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CascadeFusion(new CascadeOptions("audio", CascadeOptions.Decision.ONE_HOT, 0, 0));
    }
}

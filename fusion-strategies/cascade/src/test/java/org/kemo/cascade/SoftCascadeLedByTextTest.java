package org.kemo.cascade;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class SoftCascadeLedByTextTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CascadeFusion(new CascadeOptions("text", CascadeOptions.Decision.SOFT, 5, 0.2));
    }
}

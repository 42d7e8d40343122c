package org.kemo.concat;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class ConcatWithDropoutTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new ConcatFusion(new ConcatOptions(1, 0.5));
    }
}

package org.kemo.cmbert;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class CmBertFusionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CmBertFusion(new CmBertOptions("text", 3, CmBertOptions.Summary.FIRST, 0));
    }
}

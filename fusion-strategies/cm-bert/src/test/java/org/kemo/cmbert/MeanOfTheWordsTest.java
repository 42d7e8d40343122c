package org.kemo.cmbert;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class MeanOfTheWordsTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CmBertFusion(new CmBertOptions("text", 5, CmBertOptions.Summary.MEAN, 0.3));
    }
}

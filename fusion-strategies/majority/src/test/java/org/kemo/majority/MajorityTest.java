package org.kemo.majority;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class MajorityTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new Majority(new MajorityOptions(MajorityOptions.Answer.DISTRIBUTION));
    }
}

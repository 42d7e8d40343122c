package org.kemo.mixtureofexperts;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class MixtureOfExpertsTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new MixtureOfExperts(new MixtureOfExpertsOptions(2, 2, 4, 0.5, 0));
    }
}

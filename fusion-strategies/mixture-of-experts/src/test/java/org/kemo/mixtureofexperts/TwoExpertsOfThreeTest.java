package org.kemo.mixtureofexperts;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

/** With one joint expert, a strong load-balancing term and dropout. */
final class TwoExpertsOfThreeTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new MixtureOfExperts(new MixtureOfExpertsOptions(1, 2, 3, 1, 0.2));
    }
}

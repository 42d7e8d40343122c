package org.kemo.mixtureofexperts;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

/** The gate of one expert is 1 whatever its score, so that only the load-balancing term teaches it. */
final class OneExpertAtATimeTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new MixtureOfExperts(new MixtureOfExpertsOptions(1, 1, 3, 1, 0.2));
    }
}

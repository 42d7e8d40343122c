package org.kemo.mixtureofexperts;

import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

/** Of unimodal experts alone, all at once, without a loss of its own. */
final class AllExpertsTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new MixtureOfExperts(new MixtureOfExpertsOptions(0, 2, 3, 0, 0));
    }
}

package org.kemo.mixtureofexperts;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code mixture-of-experts}. */
@Extension
@Describe(
        value =
                "Asks a few experts for each utterance: what the modalities answer by themselves, and networks over all of them"
                        + " together. A gate chooses and weighs them; a term of the loss keeps it from choosing the same ones"
                        + " always.",
        source = "Shazeer et al., 2017, eqs. 3 and 5 without noise; load balancing of Fedus et al., 2022, eq. 4")
final class MixtureOfExpertsFactory implements FusionStrategyFactory<MixtureOfExpertsOptions> {
    @Override
    public String name() {
        return "mixture-of-experts";
    }

    @Override
    public Class<MixtureOfExpertsOptions> options() {
        return MixtureOfExpertsOptions.class;
    }

    @Override
    public FusionStrategy create(MixtureOfExpertsOptions options) {
        return new MixtureOfExperts(options);
    }
}

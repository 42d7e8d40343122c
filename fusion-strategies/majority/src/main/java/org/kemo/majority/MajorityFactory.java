package org.kemo.majority;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code majority}. */
@Extension
@Describe(
        value =
                "Answers every utterance with the classes of the training data: the floor that a strategy has to leave below.",
        source = "Baseline; in scikit-learn, DummyClassifier with the strategies prior and most_frequent")
final class MajorityFactory implements FusionStrategyFactory<MajorityOptions> {
    @Override
    public String name() {
        return "majority";
    }

    @Override
    public Class<MajorityOptions> options() {
        return MajorityOptions.class;
    }

    @Override
    public FusionStrategy create(MajorityOptions options) {
        return new Majority(options);
    }
}

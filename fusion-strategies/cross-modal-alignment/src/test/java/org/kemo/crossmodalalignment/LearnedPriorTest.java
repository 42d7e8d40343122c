package org.kemo.crossmodalalignment;

import java.util.Optional;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class LearnedPriorTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CrossModalAlignment(new CrossModalAlignmentOptions(
                "text", 3, CrossModalAlignmentOptions.Prior.LEARNED, Optional.empty(), 3, 4, 0.2));
    }
}

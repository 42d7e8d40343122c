package org.kemo.crossmodalalignment;

import java.util.Optional;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class CrossModalAlignmentTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new CrossModalAlignment(new CrossModalAlignmentOptions(
                "text", 5, CrossModalAlignmentOptions.Prior.NONE, Optional.empty(), 3, 4, 0.0));
    }
}

package org.kemo.contextselection;

import java.util.List;
import java.util.Map;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class ContextSelectionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new ContextSelection(new ContextSelectionOptions(
                List.of("loudness", "f0-range", "tokens"), 0.8, Map.of(), ContextSelectionOptions.Otherwise.MEAN));
    }
}

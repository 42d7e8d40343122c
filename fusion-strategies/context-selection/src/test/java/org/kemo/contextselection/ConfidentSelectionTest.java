package org.kemo.contextselection;

import java.util.List;
import java.util.Map;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class ConfidentSelectionTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new ContextSelection(new ContextSelectionOptions(
                List.of("voiced"), 0.5, Map.of("voiced", 1.5), ContextSelectionOptions.Otherwise.CONFIDENT));
    }
}

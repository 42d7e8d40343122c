package org.kemo.contextselection;

import java.util.List;
import java.util.Map;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

final class SelectionWithoutCuesTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new ContextSelection(
                new ContextSelectionOptions(List.of(), 0.5, Map.of(), ContextSelectionOptions.Otherwise.CONFIDENT));
    }

    @Override
    protected List<String> cues(Modality modality) {
        return List.of();
    }
}

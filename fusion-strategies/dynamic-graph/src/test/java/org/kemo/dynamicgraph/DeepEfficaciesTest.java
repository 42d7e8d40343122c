package org.kemo.dynamicgraph;

import java.util.List;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.testkit.FusionStrategyContract;

/** Of four modalities, with a layer before the efficacies. */
final class DeepEfficaciesTest extends FusionStrategyContract {
    @Override
    protected FusionStrategy strategy() {
        return new DynamicGraphFusion(new DynamicGraphOptions(3, 5, 0.2));
    }

    @Override
    protected List<Modality> modalities() {
        return List.of(Modality.of("audio"), Modality.of("text"), Modality.of("face"), Modality.of("hands"));
    }
}

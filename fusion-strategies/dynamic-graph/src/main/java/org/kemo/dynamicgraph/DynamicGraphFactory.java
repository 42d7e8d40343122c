package org.kemo.dynamicgraph;

import org.kemo.api.component.Describe;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.pf4j.Extension;

/** Makes {@code dynamic-graph}. */
@Extension
@Describe(
        value =
                "Builds a vector for every subset of the modalities from those of its own subsets, each weighed by an efficacy that"
                        + " depends on the utterance, and classifies them all. A subset with a missing modality counts 0.",
        source = "Zadeh et al., 2018, dynamic fusion graph")
final class DynamicGraphFactory implements FusionStrategyFactory<DynamicGraphOptions> {
    @Override
    public String name() {
        return "dynamic-graph";
    }

    @Override
    public Class<DynamicGraphOptions> options() {
        return DynamicGraphOptions.class;
    }

    @Override
    public FusionStrategy create(DynamicGraphOptions options) {
        return new DynamicGraphFusion(options);
    }
}

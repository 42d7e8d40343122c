package org.kemo.staticfusion;

import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** The weights, and whether they are trained. */
record StaticFusionOptions(
        @Option(
                        value =
                                "Weight by modality, for example {audio: 0.3, text: 0.7}; scaled to sum 1. A modality that is"
                                        + " not named counts 0; where none is named, all count the same",
                        defaultValue = "{}",
                        min = 0)
                Map<String, Double> weights,
        @Option(value = "Whether training moves the weights, from those given", defaultValue = "false")
                boolean trained) {
    StaticFusionOptions {
        weights = Map.copyOf(weights);
        weights.forEach((modality, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw KemoException.configuration(
                        "The weight of [" + modality + "] is [" + weight + "].", "Give a number of 0 and above.");
            }
        });
        if (!weights.isEmpty() && weights.values().stream().allMatch(weight -> weight == 0)) {
            throw KemoException.configuration("All weights are [0.0].", "Give at least one modality a weight above 0.");
        }
    }
}

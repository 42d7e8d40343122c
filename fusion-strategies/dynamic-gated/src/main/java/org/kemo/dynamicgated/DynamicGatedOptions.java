package org.kemo.dynamicgated;

import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** What the gate looks at, and how deeply. */
record DynamicGatedOptions(
        @Option(
                        value =
                                "What the gate reads of each modality: pooled (the encoding), probabilities, confidence (the"
                                        + " largest of them), cues",
                        defaultValue = "[pooled]")
                Set<GateInput> inputs,
        @Option(
                        value = "Units of a layer between input and gate; 0 for none, as eq. 13 has it",
                        defaultValue = "0",
                        min = 0,
                        unit = "units")
                int hidden,
        @Option(
                        value = "Share of the gate's input that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {
    DynamicGatedOptions {
        if (inputs.isEmpty()) {
            throw KemoException.configuration("The gate has no inputs [].", "Name at least one, for example [pooled].");
        }
        // In the order of the enum, whatever the order of the configuration: it is the order of the gate's weights.
        inputs = java.util.Collections.unmodifiableSet(java.util.EnumSet.copyOf(inputs));
    }
}

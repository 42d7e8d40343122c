package org.kemo.transformertext;

import org.kemo.api.component.Option;
import org.kemo.api.service.ModelPrecision;

/**
 * What all transformers are asked alike.
 *
 * @param output what goes on to the network behind
 * @param precision with which numbers the transformer is computed; what stands behind it is float32
 * @param tune which layers are trained further
 */
public record Usage(
        @Option(
                        value = "What goes on: pooled (one vector), or tokens (the hidden state of every token, too)",
                        defaultValue = "pooled")
                Output output,
        @Option(
                        value = "With which numbers it is computed: float32, float16 (CUDA) or int8 (CPU)",
                        defaultValue = "float32")
                ModelPrecision precision,
        @Option(value = "Which layers are trained further", defaultValue = "{}") Tune tune) {}

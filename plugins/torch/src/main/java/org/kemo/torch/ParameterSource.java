package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Shape;

/** Where a run of a network gets its parameters from. */
@FunctionalInterface
interface ParameterSource {
    /** The parameter of that scoped name. */
    Tensor get(String name, Shape shape, Initializer initializer);
}

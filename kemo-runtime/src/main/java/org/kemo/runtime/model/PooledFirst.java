package org.kemo.runtime.model;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/**
 * The network behind a pretrained encoder: it passes on what {@link org.kemo.runtime.pipeline.ModalityPipeline} gives, of which the first
 * step is the pooled vector.
 */
record PooledFirst() implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        // 1, 2, 3, ... along the real steps: only the first is not above one and a half.
        T later = ops.isPositive(ops.subtract(ops.cumulativeSum(input.mask(), -1), ops.constant(1.5)));
        T first = ops.subtract(input.mask(), ops.multiply(later, input.mask()));
        return new Encoded<>(input, ops.sum(ops.multiply(input.values(), ops.expand(first, -1)), -2));
    }
}

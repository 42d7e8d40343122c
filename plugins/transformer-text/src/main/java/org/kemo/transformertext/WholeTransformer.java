package org.kemo.transformertext;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/**
 * A transformer from the ids of tokens [N, L] to its vector: embeddings, all layers, and what stands behind them. Positions are counted
 * along the real tokens.
 *
 * @param layers all of them, and what stands behind
 */
record WholeTransformer(TunedTransformer layers) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        Architecture architecture = layers.layers().architecture();
        T before = ops.maximum(ops.subtract(ops.cumulativeSum(input.mask(), -1), ops.constant(1)), ops.constant(0));
        T positions = ops.ids(ops.add(before, ops.constant(architecture.firstPosition())));
        T states = new TransformerNetwork(architecture, 0).embeddings(ops, input.values(), positions);
        return layers.encode(ops, new Sequence<>(states, input.mask()));
    }
}

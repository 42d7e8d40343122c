package org.kemo.bilstm;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/** h_t = [forward_t, backward_t], layer upon layer (eqs. 1 and 2), then pooled. */
record BiLstm(BiLstmOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        T states = ops.dropout(input.values(), options.inputDropout());
        if (options.projection() > 0) {
            states = ops.linear("projection", states, options.projection());
        }
        for (int layer = 0; layer < options.layers(); layer++) {
            T below = layer == 0 ? states : ops.dropout(states, options.dropout());
            states = ops.bidirectionalLstm("layer" + layer, below, mask, options.hidden());
        }
        T pooled = options.pooling().apply(ops, states, mask, options.attentionWidth());
        return new Encoded<>(new Sequence<>(states, mask), pooled);
    }
}

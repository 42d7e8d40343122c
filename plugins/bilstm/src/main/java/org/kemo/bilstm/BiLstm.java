package org.kemo.bilstm;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;
import org.kemo.bilstm.BiLstmOptions.Pooling;

/** h_t = [forward_t, backward_t], layer upon layer (eqs. 1 and 2), then pooled. */
record BiLstm(BiLstmOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        T states = input.values();
        for (int layer = 0; layer < options.layers(); layer++) {
            T below = layer == 0 ? states : ops.dropout(states, options.dropout());
            states = ops.bidirectionalLstm("layer" + layer, below, mask, options.hidden());
        }
        T pooled = options.pooling() == Pooling.MEAN ? ops.maskedMean(states, mask) : attend(ops, states, mask);
        return new Encoded<>(new Sequence<>(states, mask), pooled);
    }

    /** sum over t of a_t h_t with a = softmax over the real frames of v' tanh(W h_t + b). */
    private <T> T attend(Ops<T> ops, T states, T mask) {
        T hidden = ops.tanh(ops.linear("attention/hidden", states, options.attentionWidth()));
        T scores = ops.sum(ops.linear("attention/score", hidden, 1), -1);
        return ops.sum(ops.multiply(states, ops.expand(ops.maskedSoftmax(scores, mask), -1)), -2);
    }
}

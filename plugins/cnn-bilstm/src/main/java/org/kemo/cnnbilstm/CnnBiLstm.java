package org.kemo.cnnbilstm;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** x = relu(W * x + b), convolution upon convolution; h_t = [forward_t, backward_t] above them; the mean of h over the real frames. */
record CnnBiLstm(CnnBiLstmOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        T states = input.values();
        for (int layer = 0; layer < options.convolutions(); layer++) {
            states = ops.dropout(convolution(ops.scope("convolution" + layer), states, mask), options.dropout());
        }
        for (int layer = 0; layer < options.layers(); layer++) {
            T below = layer == 0 ? states : ops.dropout(states, options.dropout());
            states = ops.bidirectionalLstm("lstm" + layer, below, mask, options.hidden());
        }
        return new Encoded<>(new Sequence<>(states, mask), ops.maskedMean(states, mask));
    }

    private <T> T convolution(Ops<T> ops, T x, T mask) {
        int in = ops.shape(x).size(-1);
        double bound = 1 / Math.sqrt((double) in * options.width());
        T weight =
                ops.parameter("weight", Shape.of(options.width(), in, options.channels()), Initializer.uniform(bound));
        T bias = ops.parameter("bias", Shape.of(options.channels()), Initializer.uniform(bound));
        // Padding is 0 on the way in, so that no frame sees it.
        T seen = ops.convolution(ops.multiply(x, ops.expand(mask, -1)), weight, 1, false);
        return ops.relu(ops.add(seen, bias));
    }
}

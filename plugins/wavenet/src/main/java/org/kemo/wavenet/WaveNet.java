package org.kemo.wavenet;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * z = tanh(W_f * x) . sigmoid(W_g * x) (eq. 2), x + V z into the next layer and U z to the skip path; h = relu(V' relu(sum of U z)); the
 * mean of h over the real frames.
 */
record WaveNet(WaveNetOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = ops.expand(input.mask(), -1);
        T x = ops.linear("input", input.values(), options.channels());
        T skipped = ops.constant(0);
        for (int block = 0; block < options.blocks(); block++) {
            for (int layer = 0; layer < options.layers(); layer++) {
                Ops<T> own = ops.scope("block" + block + "/layer" + layer);
                // Padding is 0 on the way in, so that no frame sees it.
                T seen = ops.multiply(ops.dropout(x, options.dropout()), mask);
                T filter = ops.tanh(convolution(own.scope("filter"), seen, 1 << layer));
                T gate = ops.sigmoid(convolution(own.scope("gate"), seen, 1 << layer));
                T z = ops.multiply(filter, gate);
                skipped = ops.add(skipped, own.linear("skip", z, options.skip()));
                // Above the last layer nothing reads the residual path.
                if (block < options.blocks() - 1 || layer < options.layers() - 1) {
                    x = ops.add(x, own.linear("residual", z, options.channels()));
                }
            }
        }
        T states = ops.relu(ops.linear("output", ops.relu(skipped), options.skip()));
        return new Encoded<>(new Sequence<>(states, input.mask()), ops.maskedMean(states, input.mask()));
    }

    private <T> T convolution(Ops<T> ops, T x, int dilation) {
        double bound = 1 / Math.sqrt((double) options.channels() * options.width());
        T weight = ops.parameter(
                "weight",
                Shape.of(options.width(), options.channels(), options.channels()),
                Initializer.uniform(bound));
        T bias = ops.parameter("bias", Shape.of(options.channels()), Initializer.uniform(bound));
        return ops.add(ops.convolution(x, weight, dilation, options.causal()), bias);
    }
}

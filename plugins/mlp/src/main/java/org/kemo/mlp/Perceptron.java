package org.kemo.mlp;

import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/** h_t = f(W h_t + b), layer upon layer, for each step by itself; then the mean over the real steps. */
record Perceptron(PerceptronOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T steps = ops.dropout(input.values(), options.inputDropout());
        for (int layer = 0; layer < options.layers(); layer++) {
            T sums = ops.linear("layer" + layer, steps, options.units());
            steps = ops.dropout(options.activation().apply(ops, sums), options.dropout());
        }
        return new Encoded<>(new Sequence<>(steps, input.mask()), ops.maskedMean(steps, input.mask()));
    }
}

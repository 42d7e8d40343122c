package org.kemo.contextbilstm;

import org.kemo.api.KemoException;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/**
 * h_u = LSTM(x_1 .. x_U), z_u = relu(W h_u + b) for every utterance u of a group; the vector is that of the marked one, and the
 * sequence is z. A step of the input is [D + 1]: the features of one utterance and the {@link Mark}, which the LSTM does not see.
 */
record ContextBiLstm(ContextBiLstmOptions options) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        int features = ops.shape(input.values()).size(-1) - 1;
        if (features < 1) {
            throw KemoException.configuration(
                    "The encoder context-bilstm was given steps of [" + (features + 1) + "] number.",
                    "Give it features and a last column that marks the utterance: the option {context: group} of the reader tabular.");
        }
        T mark = ops.sum(ops.slice(input.values(), -1, features, features + 1), -1);
        T states = ops.dropout(ops.slice(input.values(), -1, 0, features), options.inputDropout());
        if (options.projection() > 0) {
            states = ops.relu(ops.linear("projection", states, options.projection()));
        }
        for (int layer = 0; layer < options.layers(); layer++) {
            states = ops.dropout(lstm(ops, "layer" + layer, states, mask), options.dropout());
        }
        if (options.dense() > 0) {
            states = ops.dropout(ops.relu(ops.linear("dense", states, options.dense())), options.dropout());
        }
        T shares = ops.expand(Mark.shares(ops, mark, mask), -1);
        return new Encoded<>(new Sequence<>(states, mask), ops.sum(ops.multiply(states, shares), -2));
    }

    private <T> T lstm(Ops<T> ops, String name, T x, T mask) {
        return options.bidirectional()
                ? ops.bidirectionalLstm(name, x, mask, options.hidden())
                : ops.lstm(name + "/forward", x, mask, options.hidden(), false);
    }
}

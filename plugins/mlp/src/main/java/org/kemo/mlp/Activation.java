package org.kemo.mlp;

import org.kemo.api.network.Ops;

/** What follows each layer. */
enum Activation {
    /** max(x, 0). */
    RELU {
        @Override
        <T> T apply(Ops<T> ops, T x) {
            return ops.relu(x);
        }
    },
    /** The hyperbolic tangent. */
    TANH {
        @Override
        <T> T apply(Ops<T> ops, T x) {
            return ops.tanh(x);
        }
    };

    abstract <T> T apply(Ops<T> ops, T x);
}

package org.kemo.bilstm;

import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** How frames become one vector; padding does not count. */
enum Pooling {
    /** z = 1/T sum over t of h_t (eq. 3). */
    MEAN {
        @Override
        <T> T apply(Ops<T> ops, T states, T mask, int attentionWidth) {
            return ops.maskedMean(states, mask);
        }
    },
    /** The largest value of each unit. */
    MAX {
        @Override
        <T> T apply(Ops<T> ops, T states, T mask, int attentionWidth) {
            return ops.maskedMax(states, mask);
        }
    },
    /** z = sum over t of a_t h_t with a = softmax over the real frames of v' tanh(W h_t + b). */
    ATTENTION {
        @Override
        <T> T apply(Ops<T> ops, T states, T mask, int attentionWidth) {
            Ops<T> attention = ops.scope("attention");
            T hidden = ops.tanh(attention.linear("hidden", states, attentionWidth));
            // No bias: a softmax would not see it.
            T score = attention.parameter(
                    "score/weight", Shape.of(attentionWidth, 1), Initializer.uniform(1 / Math.sqrt(attentionWidth)));
            T scores = ops.sum(ops.matmul(hidden, score), -1);
            return ops.sum(ops.multiply(states, ops.expand(ops.maskedSoftmax(scores, mask), -1)), -2);
        }
    };

    /**
     * Pools.
     *
     * @param states [N, T, d]
     * @param mask [N, T]
     * @param attentionWidth units of the attention's hidden layer
     * @return [N, d]
     */
    abstract <T> T apply(Ops<T> ops, T states, T mask, int attentionWidth);
}

package org.kemo.transformertext;

import org.kemo.api.network.Ops;

/**
 * One layer of a transformer's encoder (Vaswani et al., 2017): multi-head attention, then two matrices with a GELU between. Each
 * part is added to what it read; the normalisation stands behind the sum (post-norm) or before the part (pre-norm).
 *
 * @param architecture widths, heads and the place of the normalisations
 * @param dropout of what the two parts give and of the weights of the attention, in training
 */
record TransformerLayer(Architecture architecture, double dropout) {
    /** Far below what a score of attention can be, and no number that arithmetic makes infinite. */
    private static final double HIDDEN = -1e9;

    /**
     * Applies the layer.
     *
     * @param ops scoped to the layer
     * @param x [N, L, d]
     * @param hidden [N, 1, 1, L]: 0 for real tokens and a large negative number for padding
     * @return [N, L, d]
     */
    <T> T apply(Ops<T> ops, T x, T hidden) {
        boolean preNorm = architecture.family() == Architecture.Family.MBART;
        T attended =
                ops.add(attention(ops.scope("attention"), preNorm ? norm(ops, "attention/norm", x) : x, hidden), x);
        T between = preNorm ? attended : norm(ops, "attention/norm", attended);
        T output = ops.add(feedForward(ops, preNorm ? norm(ops, "norm", between) : between), between);
        return preNorm ? output : norm(ops, "norm", output);
    }

    /** softmax(Q K' / sqrt(d / heads) + hidden) V, head by head, and one matrix over all heads. */
    private <T> T attention(Ops<T> ops, T x, T hidden) {
        int width = architecture.width();
        T query = heads(ops, ops.linear("query", x, width));
        T key = heads(ops, ops.linear("key", x, width));
        T value = heads(ops, ops.linear("value", x, width));
        T scale = ops.constant(Math.sqrt((double) width / architecture.heads()));
        T scores = ops.divide(ops.matmul(query, ops.transpose(key, -1, -2)), scale);
        T weights = ops.dropout(ops.softmax(ops.add(scores, hidden), -1), dropout);
        T joined = ops.merge(ops.transpose(ops.matmul(weights, value), 1, 2));
        return ops.dropout(ops.linear("output", joined, width), dropout);
    }

    /** [N, L, d] as [N, heads, L, d / heads]. */
    private <T> T heads(Ops<T> ops, T x) {
        return ops.transpose(ops.split(x, architecture.heads()), 1, 2);
    }

    private <T> T feedForward(Ops<T> ops, T x) {
        T inner = ops.gelu(ops.linear("inner", x, architecture.inner()));
        return ops.dropout(ops.linear("output", inner, architecture.width()), dropout);
    }

    private <T> T norm(Ops<T> ops, String name, T x) {
        return ops.layerNorm(name, x, architecture.epsilon());
    }

    /** What {@link #apply} takes as hidden, from a mask [N, L] that is 1 for real tokens. */
    static <T> T hidden(Ops<T> ops, T mask) {
        T padding = ops.subtract(ops.constant(1), mask);
        return ops.expand(ops.expand(ops.multiply(padding, ops.constant(HIDDEN)), 1), 1);
    }
}

package org.kemo.transformertext;

import org.kemo.api.network.Ops;

/**
 * Some layers of a transformer, one after the other.
 *
 * @param architecture of the whole
 * @param from the first of them, from 0
 * @param to the one behind the last; where that is the end, the last normalisation follows where the architecture has one
 * @param dropout in training
 */
record TransformerLayers(Architecture architecture, int from, int to, double dropout) {
    /**
     * Applies the layers.
     *
     * @param x [N, L, d]
     * @param mask [N, L], 1 for real tokens
     * @return [N, L, d]
     */
    <T> T apply(Ops<T> ops, T x, T mask) {
        TransformerLayer layer = new TransformerLayer(architecture, dropout);
        T hidden = TransformerLayer.hidden(ops, mask);
        T states = x;
        for (int i = from; i < to; i++) {
            states = layer.apply(ops.scope("layer" + i), states, hidden);
        }
        boolean last = to == architecture.layers() && architecture.family() == Architecture.Family.MBART;
        return last ? ops.layerNorm("norm", states, architecture.epsilon()) : states;
    }
}

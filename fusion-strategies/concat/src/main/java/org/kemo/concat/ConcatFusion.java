package org.kemo.concat;

import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/**
 * h = tanh(W [v_1; ...; v_M] + b), y = softmax(U h + c), over the pooled encodings v_m of any number of modalities. That of a
 * missing modality is 0, so that the layer answers from the others. It asks no modality's own classifier, so it gives no weights.
 */
final class ConcatFusion implements FusionStrategy {
    private final ConcatOptions options;

    ConcatFusion(ConcatOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        T joined = ops.concat(1, in.all().stream().map(ModalityView::pooled).toList());
        T hidden = ops.tanh(ops.linear("hidden", ops.dropout(joined, options.dropout()), options.hidden()));
        T scores = ops.linear(
                "out", ops.dropout(hidden, options.dropout()), in.labels().size());
        return Fused.of(ops.softmax(scores, -1));
    }
}

package org.example.logarithmicpool;

import java.util.ArrayList;
import java.util.List;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/**
 * y ~ product over m of y_m ^ t_m, with t_m = s sigmoid(v_m W_m + b_m): a logarithmic opinion pool (Heskes, Selecting weighting factors in
 * logarithmic opinion pools, 1998) whose exponents are learned for each utterance, as by a network that gates a product of experts
 * (Hinton, 2002). Unlike in a mixture, one modality that is sure that a class is not the answer can rule it out.
 */
final class LogarithmicPoolFusion implements FusionStrategy {
    private final LogarithmicPoolFusionOptions options;

    LogarithmicPoolFusion(LogarithmicPoolFusionOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        T scores = ops.constant(0);
        List<T> exponents = new ArrayList<>();
        for (ModalityView<T> view : in.all()) {
            T gate = ops.sigmoid(ops.linear(view.modality().name(), view.pooled(), 1)); // [N, 1]
            // What is missing has the exponent 0.
            T exponent = ops.multiply(ops.multiply(ops.constant(options.sharpest()), gate), view.presence());
            scores = ops.add(scores, ops.multiply(exponent, view.logits())); // [N, C]
            exponents.add(exponent);
        }
        T all = ops.concat(1, exponents); // [N, M]
        // A gate that is all but closed must not divide by 0.
        T total = ops.maximum(ops.expand(ops.sum(all, -1), -1), ops.constant(1e-9));
        Fused<T> fused = Fused.of(ops.softmax(scores, -1)).with("exponents", all);
        for (int m = 0; m < in.size(); m++) {
            fused = fused.weight(in.get(m).modality(), ops.divide(exponents.get(m), total));
        }
        return fused;
    }
}

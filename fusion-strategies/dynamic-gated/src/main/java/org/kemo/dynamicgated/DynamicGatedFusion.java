package org.kemo.dynamicgated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/**
 * lambda = sigmoid(W [h_text, h_audio] + b), y = lambda y_audio + (1 - lambda) y_text (eq. 13). For more modalities the gate is a
 * softmax over one score each, the last of which is 0: for two, that is the sigmoid of the first. Missing ones count 0.
 */
final class DynamicGatedFusion implements FusionStrategy {
    private final DynamicGatedOptions options;

    DynamicGatedFusion(DynamicGatedOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        if (in.size() == 1) {
            return Fused.mixture(ops, in, in.presence(ops));
        }
        List<T> inputs = new ArrayList<>();
        for (ModalityView<T> modality : in.all()) {
            options.inputs().forEach(input -> inputs.addAll(input.of(ops, modality)));
        }
        T features = ops.dropout(ops.concat(1, inputs), options.dropout());
        if (options.hidden() > 0) {
            features = ops.tanh(ops.linear("hidden", features, options.hidden()));
        }
        T scores = ops.linear("gate", features, in.size() - 1);
        T last = ops.multiply(ops.slice(scores, 1, 0, 1), ops.constant(0));
        return Fused.mixture(ops, in, ops.maskedSoftmax(ops.concat(1, List.of(scores, last)), in.presence(ops)));
    }

    @Override
    public void check(FusionInputs inputs) {
        boolean readsCuesAlone = options.inputs().equals(Set.of(GateInput.CUES));
        if (readsCuesAlone
                && inputs.modalities().size() > 1
                && inputs.cues().values().stream().allMatch(List::isEmpty)) {
            throw KemoException.configuration(
                    "The gate reads [cues] alone, and no modality gives any: they give " + inputs.cues() + ".",
                    "Name another input under fusion.inputs, for example pooled, or add what gives cues, such as the feature"
                            + " prosody.");
        }
    }
}

package org.kemo.cascade;

import java.util.ArrayList;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Ops;

/**
 * c_lead = argmax over c of P_lead(c) (eq. 7), F = [F_text, o_lead] with the one-hot o_lead (eq. 8), and a classifier over F (eq. 9). In
 * the place of the text stand all modalities but the one that leads. The decision is taken in the classes of the model, to which those
 * of the leading modality are aligned. What it hands on is a fact to the others: no gradient flows back through it, so the
 * leading modality learns from its own labels alone.
 *
 * <p>Where the leading modality is missing, o_lead is 0; where another is missing, its encoding is 0.
 */
final class CascadeFusion implements FusionStrategy {
    private final CascadeOptions options;

    CascadeFusion(CascadeOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        ModalityView<T> lead = in.get(options.lead());
        T decided =
                switch (options.decision()) {
                    case ONE_HOT -> ops.firstLargest(lead.probabilities()); // (7)
                    case SOFT -> ops.stopGradient(lead.probabilities());
                };
        T decision = ops.multiply(decided, lead.presence());
        List<T> parts = new ArrayList<>();
        for (ModalityView<T> modality : in.all()) {
            if (!modality.modality().equals(lead.modality())) {
                parts.add(modality.pooled());
            }
        }
        parts.add(decision);
        T features = ops.dropout(ops.concat(1, parts), options.dropout()); // (8)
        if (options.hidden() > 0) {
            features = ops.tanh(ops.linear("hidden", features, options.hidden()));
        }
        T scores = ops.linear("out", features, in.labels().size());
        return Fused.of(ops.softmax(scores, -1)).with("decision", decision); // (9)
    }

    @Override
    public void check(FusionInputs inputs) {
        List<Modality> modalities = inputs.modalities();
        if (!modalities.contains(Modality.of(options.lead()))) {
            throw KemoException.configuration(
                    "The modality [" + options.lead() + "] that leads the cascade is none of " + modalities + ".",
                    "Name one of them under fusion.lead.");
        }
        if (modalities.size() < 2) {
            throw KemoException.configuration(
                    "A cascade hands a decision on, and there is only the modality " + modalities + ".",
                    "Add a modality, or leave the fusion out.");
        }
    }
}

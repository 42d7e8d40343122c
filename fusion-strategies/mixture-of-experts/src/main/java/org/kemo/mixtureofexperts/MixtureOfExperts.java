package org.kemo.mixtureofexperts;

import java.util.ArrayList;
import java.util.List;
import org.kemo.api.KemoException;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

/**
 * A sparsely gated mixture of experts (Shazeer et al., 2017) over the pooled encodings v = [v_1; ...; v_M]:
 *
 * <pre>
 * s = W v + b                                  a score for each of E experts
 * g = softmax(s over the k largest of them)    0 for the others
 * y = sum over e of g_e y_e
 * L = w E sum over e of f_e P_e                added to the loss in training
 * </pre>
 *
 * The experts are first what each modality answers by itself, then joint ones, y_e = softmax(U_e tanh(V_e v + c_e) + d_e). f_e is the
 * share of the choices in a batch that fall on expert e, and P_e the mean of softmax(s)_e: their product is smallest where both are even
 * (Fedus et al., 2022). Shazeer's noise on the scores is left out, as Fedus does: with the term it is not needed, and the same input
 * gives the same answer in training, too. No gradient flows through a choice, only through the weights of those chosen: k = 1 of
 * several is not trained, since the weight of one alone is 1 whatever its score, so that no answer would teach the gate. Fedus weighs
 * the one by softmax(s)_e: as a factor of all probabilities it would teach the gate to be sure, by the cross entropy, and not to be right.
 *
 * <p>Any number of modalities. The expert of a missing one cannot be chosen, nor can a joint one where fewer than two are there,
 * unless the model has one alone. The weight of a modality is that of its own expert; what remains to 1 is that of the joint ones.
 * The diagnostic {@code gate} holds g, {@code expert} the number of the largest, from 0, the first of several.
 */
final class MixtureOfExperts implements FusionStrategy {
    private final MixtureOfExpertsOptions options;

    MixtureOfExperts(MixtureOfExpertsOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        T features = ops.dropout(
                ops.concat(1, in.all().stream().map(ModalityView::pooled).toList()), options.dropout());
        List<T> answers = new ArrayList<>();
        in.all().forEach(modality -> answers.add(modality.probabilities()));
        for (int expert = 0; expert < options.joint(); expert++) {
            answers.add(
                    joint(ops.scope("expert" + expert), features, in.labels().size()));
        }
        T usable = usable(ops, in);
        T scores = ops.linear("gate", features, answers.size());
        T router = ops.maskedSoftmax(scores, usable);
        T chosen = chosen(ops, router, usable);
        T gate = ops.maskedSoftmax(scores, chosen);
        T probabilities = ops.constant(0);
        for (int expert = 0; expert < answers.size(); expert++) {
            T weight = ops.slice(gate, 1, expert, expert + 1);
            probabilities = ops.add(probabilities, ops.multiply(weight, answers.get(expert)));
        }
        Fused<T> fused = Fused.of(probabilities).with("gate", gate).with("expert", number(ops, gate, answers.size()));
        for (int m = 0; m < in.size(); m++) {
            fused = fused.weight(in.get(m).modality(), ops.slice(gate, 1, m, m + 1));
        }
        return options.balance() == 0
                ? fused
                : fused.withLoss(
                        ops.multiply(ops.constant(options.balance() * answers.size()), imbalance(ops, chosen, router)));
    }

    private <T> T joint(Ops<T> ops, T features, int classes) {
        T hidden = ops.tanh(ops.linear("hidden", features, options.hidden()));
        return ops.softmax(ops.linear("out", ops.dropout(hidden, options.dropout()), classes), -1);
    }

    /** Which experts can be chosen, [N, E]. */
    private <T> T usable(Ops<T> ops, Modalities<T> in) {
        T presence = in.presence(ops);
        double needed = Math.min(2, in.size()) - 0.5;
        T enough = ops.isPositive(ops.subtract(ops.expand(ops.sum(presence, -1), -1), ops.constant(needed)));
        List<T> columns = new ArrayList<>(List.of(presence));
        for (int expert = 0; expert < options.joint(); expert++) {
            columns.add(enough);
        }
        return ops.concat(1, columns);
    }

    /** 1 for the k usable experts with the largest scores, [N, E], one after the other; fewer where fewer are usable. */
    private <T> T chosen(Ops<T> ops, T router, T usable) {
        T open = usable;
        for (int choice = 0; choice < options.active(); choice++) {
            // Probabilities are 1 at most, so that all that is open lies above all that is not.
            T ranked = ops.add(router, ops.multiply(open, ops.constant(2)));
            open = ops.subtract(open, ops.multiply(ops.firstLargest(ranked), open));
        }
        return ops.subtract(usable, open);
    }

    /** The number of the expert with the largest weight, [N, 1]. */
    private static <T> T number(Ops<T> ops, T gate, int experts) {
        FloatTensor numbers = FloatTensor.zeros(experts);
        for (int expert = 0; expert < experts; expert++) {
            numbers.values()[expert] = expert;
        }
        return ops.expand(ops.sum(ops.multiply(ops.firstLargest(gate), ops.constant(numbers)), -1), -1);
    }

    /** The sum over the experts of f_e P_e, a scalar: 1/E where both are even. */
    private static <T> T imbalance(Ops<T> ops, T chosen, T router) {
        T choices = ops.sum(chosen, 0);
        T shares = ops.divide(choices, ops.expand(ops.maximum(ops.sum(choices, -1), ops.constant(1)), -1));
        return ops.sum(ops.multiply(shares, ops.mean(router, 0)), -1);
    }

    @Override
    public void check(FusionInputs inputs) {
        int experts = experts(inputs);
        if (options.active() > experts) {
            throw KemoException.configuration(
                    "Of [" + experts + "] experts, [" + options.active()
                            + "] cannot be active: there are those of the modalities " + inputs.modalities() + " and ["
                            + options.joint() + "] joint ones.",
                    "Lower fusion.active, or raise fusion.joint.");
        }
    }

    @Override
    public void checkTraining(FusionInputs inputs) {
        int experts = experts(inputs);
        if (options.active() == 1 && experts > 1) {
            throw KemoException.configuration(
                    "Of [" + experts
                            + "] experts, [1] is active: its weight is 1 whatever its score, so that the gate learns"
                            + " nothing from the answers.",
                    "Set fusion.active to 2 or more.");
        }
    }

    private int experts(FusionInputs inputs) {
        return inputs.modalities().size() + options.joint();
    }
}

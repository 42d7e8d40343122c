package org.kemo.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.model.EmotionNetwork;
import org.kemo.runtime.model.ModalityNetwork;

/**
 * The cross entropy of a stage: of each trained modality's own classifier, and of the fused probabilities where the strategy is
 * trained, with the strategy's own loss where it has one. Targets are distributions [N, C] that the host has smoothed, weighted by class and divided by the sum of weights,
 * so that the loss is their negative sum with the logarithms of the probabilities.
 *
 * @param modalities whose classifiers are trained
 * @param classes of the model; 0 where the strategy is not trained
 */
record StageObjective(List<ModalityNetwork> modalities, int classes) implements Objective {
    private static final double SMALLEST = 1e-7;

    static final String TARGET = "target";

    static String target(ModalityNetwork modality) {
        return modality.modality() + ".target";
    }

    @Override
    public List<Network.Input> targets() {
        Shape batch = Shape.of(Dimension.BATCH);
        List<Network.Input> targets = new ArrayList<>();
        for (ModalityNetwork modality : modalities) {
            targets.add(new Network.Input(
                    target(modality),
                    ElementType.FLOAT,
                    batch.with(modality.alignment().from().size())));
        }
        if (classes > 0) {
            targets.add(new Network.Input(TARGET, ElementType.FLOAT, batch.with(classes)));
        }
        return targets;
    }

    @Override
    public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
        T total = ops.constant(0);
        for (ModalityNetwork modality : modalities) {
            T log = ops.logSoftmax(outputs.get(modality.logits()), -1);
            total = ops.subtract(total, sum(ops, ops.multiply(targets.get(target(modality)), log)));
        }
        if (classes > 0) {
            T probabilities = ops.maximum(outputs.get(EmotionNetwork.PROBABILITIES), ops.constant(SMALLEST));
            total = ops.subtract(total, sum(ops, ops.multiply(targets.get(TARGET), ops.log(probabilities))));
            if (outputs.containsKey(EmotionNetwork.LOSS)) {
                total = ops.add(total, outputs.get(EmotionNetwork.LOSS));
            }
        }
        return total;
    }

    private static <T> T sum(Ops<T> ops, T x) {
        return ops.sum(ops.sum(x, -1), -1);
    }
}

package org.kemo.staticfusion;

import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** y = lambda y_audio + (1 - lambda) y_text (eq. 6), for any number of modalities: the same weights for every utterance. */
final class StaticFusion implements FusionStrategy {
    /** Lost beside any weight that counts, and enough where nothing else is present. */
    private static final float FLOOR = 1e-9f;

    private final StaticFusionOptions options;

    StaticFusion(StaticFusionOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        FloatTensor given = weights(in);
        T presence = in.presence(ops);
        if (!options.trained()) {
            T present = ops.multiply(ops.constant(given), presence);
            return Fused.mixture(ops, in, ops.divide(present, ops.expand(ops.sum(present, -1), -1)));
        }
        // A softmax keeps trained weights above 0 and their sum at 1; of logarithms, it begins with the weights given.
        FloatTensor logarithms = FloatTensor.zeros(in.size());
        for (int m = 0; m < in.size(); m++) {
            logarithms.values()[m] = (float) Math.log(given.at(m));
        }
        T scores = ops.parameter("scores", Shape.of(in.size()), Initializer.of(logarithms));
        return Fused.mixture(ops, in, ops.maskedSoftmax(scores, presence));
    }

    private FloatTensor weights(Modalities<?> in) {
        FloatTensor weights = FloatTensor.zeros(in.size());
        double equal = options.weights().isEmpty() ? 1 : 0;
        for (int m = 0; m < in.size(); m++) {
            String name = in.get(m).modality().name();
            weights.values()[m] = options.weights().getOrDefault(name, equal).floatValue() + FLOOR;
        }
        return weights;
    }

    @Override
    public void check(FusionInputs inputs) {
        for (String name : options.weights().keySet()) {
            if (!inputs.modalities().contains(Modality.of(name))) {
                throw KemoException.configuration(
                        "The weight of [" + name + "] belongs to none of the modalities " + inputs.modalities() + ".",
                        "Correct the name under fusion.weights, or add the modality.");
            }
        }
    }
}

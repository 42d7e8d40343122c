package org.kemo.majority;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.api.Modality;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * y_c = n_c / n, the share of class c in the training data, or 1 for the most frequent class and 0 for the others. No modality counts
 * and nothing is trained by steps. The first class of several that are as frequent is the most frequent one.
 */
final class Majority implements FusionStrategy {
    private static final String ANSWER = "answer";

    private final MajorityOptions options;

    Majority(MajorityOptions options) {
        this.options = options;
    }

    @Override
    public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
        int classes = in.labels().size();
        T answer = ops.parameter(ANSWER, Shape.of(classes), Initializer.constant(1.0 / classes));
        Map<Modality, T> none = new LinkedHashMap<>();
        for (ModalityView<T> modality : in.all()) {
            none.put(modality.modality(), ops.multiply(modality.presence(), ops.constant(0)));
        }
        T rows = none.get(in.get(0).modality());
        Fused<T> fused = Fused.of(ops.add(rows, answer));
        for (Map.Entry<Modality, T> weight : none.entrySet()) {
            fused = fused.weight(weight.getKey(), weight.getValue());
        }
        return fused;
    }

    @Override
    public Map<String, FloatTensor> fit(FusionTrainingData data) {
        FloatTensor distribution = data.distribution();
        return Map.of(ANSWER, options.answer() == MajorityOptions.Answer.CLASS ? largest(distribution) : distribution);
    }

    private static FloatTensor largest(FloatTensor shares) {
        int largest = 0;
        for (int c = 1; c < shares.count(); c++) {
            if (shares.at(c) > shares.at(largest)) {
                largest = c;
            }
        }
        FloatTensor one = FloatTensor.zeros(shares.count());
        one.values()[largest] = 1;
        return one;
    }
}

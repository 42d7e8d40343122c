package org.kemo.runtime.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.runtime.configuration.StageConfiguration;

/**
 * Labels as the distributions that {@link StageObjective} reads: one-hot, smoothed (Szegedy et al., 2016), weighted by class,
 * and divided by the sum of the weights of the batch. A row without a label is 0.
 *
 * @param space the classes
 * @param weights of the classes
 * @param smoothing probability that is spread over all classes
 */
@SuppressWarnings("ArrayRecordComponent") // Package-private and never changed.
record Targets(LabelSpace space, float[] weights, double smoothing) {
    /** With the class weights of a stage, measured over labels; those that are not in the space are passed over. */
    static Targets of(LabelSpace space, StageConfiguration stage, Stream<Optional<String>> labels) {
        int[] indices = labels.flatMap(Optional::stream)
                .filter(space::contains)
                .mapToInt(space::indexOf)
                .toArray();
        return new Targets(
                space, ClassWeighting.weights(stage.classWeights(), indices, space.size()), stage.labelSmoothing());
    }

    FloatTensor of(List<Optional<String>> labels) {
        int classes = space.size();
        float[] values = new float[labels.size() * classes];
        double total = labels.stream()
                .flatMap(Optional::stream)
                .mapToDouble(label -> weights[space.indexOf(label)])
                .sum();
        for (int n = 0; n < labels.size(); n++) {
            if (labels.get(n).isPresent()) {
                int label = space.indexOf(labels.get(n).get());
                double weight = weights[label] / total;
                for (int c = 0; c < classes; c++) {
                    double share = smoothing / classes + (c == label ? 1 - smoothing : 0);
                    values[n * classes + c] = (float) (weight * share);
                }
            }
        }
        return FloatTensor.of(values, labels.size(), classes);
    }
}

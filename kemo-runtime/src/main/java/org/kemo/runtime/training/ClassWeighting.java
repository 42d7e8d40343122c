package org.kemo.runtime.training;

import java.util.Arrays;
import org.kemo.runtime.configuration.StageConfiguration.ClassWeights;

/** How much an utterance of each class counts in the loss. */
final class ClassWeighting {
    private ClassWeighting() {}

    /**
     * The weights of all classes. Balanced ones are n / (k n_c), as scikit-learn's {@code compute_class_weight} has them: k is the
     * number of classes that occur, and the mean weight over the utterances is 1.
     *
     * @param labels the class of each utterance, [n]
     * @param classes the number of classes C
     * @return [C]; 1 for a class that does not occur
     */
    static float[] weights(ClassWeights rule, int[] labels, int classes) {
        float[] weights = new float[classes];
        Arrays.fill(weights, 1);
        if (rule == ClassWeights.NONE) {
            return weights;
        }
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
        for (int c = 0; c < classes; c++) {
            if (counts[c] > 0) {
                weights[c] = (float) (labels.length / ((double) occurring * counts[c]));
            }
        }
        return weights;
    }
}

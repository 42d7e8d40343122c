package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kemo.runtime.configuration.StageConfiguration.ClassWeights;

class ClassWeightingTest {
    private static final int[] LABELS = {2, 2, 0, 2, 2, 0, 5, 2, 2, 0, 2};

    @Test
    void weighsClassesAsScikitLearnDoes() {
        // scikit-learn 1.9.1: compute_class_weight("balanced", classes=numpy.unique(y), y=y)
        assertThat(ClassWeighting.weights(ClassWeights.BALANCED, LABELS, 6))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(1.2222222f, 1, 0.5238095f, 1, 1, 3.6666667f);
    }

    @Test
    void weighsAllTheSameWithoutARule() {
        assertThat(ClassWeighting.weights(ClassWeights.NONE, LABELS, 3)).containsExactly(1, 1, 1);
    }
}

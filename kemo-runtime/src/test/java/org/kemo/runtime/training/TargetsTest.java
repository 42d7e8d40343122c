package org.kemo.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;

class TargetsTest {
    private static final LabelSpace SPACE = LabelSpace.of("angry", "happy", "neutral", "sad");

    @Test
    void isOneHotOverTheNumberOfRows() {
        FloatTensor targets =
                new Targets(SPACE, new float[] {1, 1, 1, 1}, 0).of(List.of(Optional.of("happy"), Optional.of("sad")));

        assertThat(targets.shape()).containsExactly(2, 4);
        assertThat(targets.values()).containsExactly(0, 0.5f, 0, 0, 0, 0, 0, 0.5f);
    }

    @Test
    void spreadsTheSmoothingOverAllClasses() {
        FloatTensor targets = new Targets(SPACE, new float[] {1, 1, 1, 1}, 0.2).of(List.of(Optional.of("happy")));

        // 0.2 / 4 everywhere, and the remaining 0.8 on the label.
        assertThat(targets.values()).containsExactly(new float[] {0.05f, 0.85f, 0.05f, 0.05f}, within(1e-7f));
    }

    @Test
    void countsClassesByTheirWeightsOverTheWeightsOfTheBatch() {
        FloatTensor targets = new Targets(SPACE, new float[] {1, 3, 1, 1}, 0)
                .of(List.of(Optional.of("angry"), Optional.of("happy"), Optional.of("happy")));

        // Weights 1, 3, 3 over their sum 7.
        assertThat(targets.values())
                .containsExactly(new float[] {1 / 7f, 0, 0, 0, 0, 3 / 7f, 0, 0, 0, 3 / 7f, 0, 0}, within(1e-7f));
    }

    @Test
    void leavesARowWithoutALabelAtNothingAndOutOfTheSum() {
        FloatTensor targets =
                new Targets(SPACE, new float[] {1, 1, 1, 1}, 0.2).of(List.of(Optional.empty(), Optional.of("angry")));

        assertThat(targets.values())
                .containsExactly(new float[] {0, 0, 0, 0, 0.85f, 0.05f, 0.05f, 0.05f}, within(1e-7f));
        assertThat(new Targets(SPACE, new float[] {1, 1, 1, 1}, 0.2)
                        .of(List.of(Optional.empty()))
                        .values())
                .containsOnly(0);
    }

    @Test
    void refusesALabelThatIsNotInTheSpace() {
        Targets targets = new Targets(SPACE, new float[] {1, 1, 1, 1}, 0);

        assertThatThrownBy(() -> targets.of(List.of(Optional.of("bored"))))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[bored]");
    }
}

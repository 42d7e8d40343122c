package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.LabelSpace;
import org.kemo.api.fusion.Fused;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.Modalities;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

final class FusionExampleTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float[] POOLED = {1, 2};

    @Test
    void refusesAParameterThatTheStrategyDoesNotAskFor() {
        FusionExample example =
                new FusionExample(new Classifier(), LABELS).with("audio", POOLED, new float[] {0.9f, 0.1f});
        FloatTensor zeros = FloatTensor.zeros(2);

        assertThatThrownBy(() -> example.answer(Map.of("out/bias", zeros, "out/bais", zeros)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There are no parameters [out/bais], but [out/weight, out/bias]. Give values of these, by these"
                                + " names.");
        assertThatThrownBy(() -> example.loss(Map.of("fusion/out/bias", zeros)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There are no parameters [fusion/out/bias], but [out/weight, out/bias].");
    }

    @Test
    void refusesProbabilitiesThatAreNone() {
        FusionExample example = new FusionExample(new Classifier(), LABELS);

        for (float[] wrong : new float[][] {{0.9f, 0.5f}, {1, 0}, {0.5f, 0.3f, 0.2f}, {Float.NaN, 0.5f}}) {
            assertThatThrownBy(() -> example.with("audio", POOLED, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The probabilities of [audio] are [")
                    .hasMessageContaining("Give one above 0 for each of the classes [happy, sad], with the sum 1.");
        }
    }

    private static final class Classifier implements FusionStrategy {
        @Override
        public <T> Fused<T> fuse(Ops<T> ops, Modalities<T> in) {
            T scores = ops.linear("out", in.get(0).pooled(), in.labels().size());
            return Fused.of(ops.softmax(scores, -1));
        }
    }
}

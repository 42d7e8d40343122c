package org.kemo.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.EncoderExample;

final class PerceptronTest {
    @Test
    void isTheMeanOfTheFeaturesWithoutLayers() {
        EncoderExample example = example(new PerceptronOptions(0, 64, Activation.RELU, 0.3, 0));

        assertThat(example.parameters()).isEmpty();
        assertThat(example.answer(Map.of()).get("pooled").values()).containsExactly(2, 0.5f);
    }

    /**
     * By hand, with the weights [[1, 0], [0, 1]] and the biases [0, 1]: step 1 is relu(1, 3) = (1, 3), step 2 is relu(3, 0) = (3, 0);
     * their mean is (2, 1.5). With tanh: (tanh 1 + tanh 3) / 2 and (tanh 3 + tanh 0) / 2.
     */
    @Test
    void isWhatComesOutByHandWithALayer() {
        Map<String, FloatTensor> parameters = Map.of(
                "layer0/weight",
                FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2),
                "layer0/bias",
                FloatTensor.of(new float[] {0, 1}, 2));

        EncoderExample relu = example(new PerceptronOptions(1, 2, Activation.RELU, 0.3, 0));
        EncoderExample tanh = example(new PerceptronOptions(1, 2, Activation.TANH, 0.3, 0));

        assertThat(relu.answer(parameters).get("pooled").values()).containsExactly(2, 1.5f);
        assertThat(tanh.answer(parameters).get("pooled").values())
                .containsExactly(
                        new float[] {(float) ((Math.tanh(1) + Math.tanh(3)) / 2), (float) (Math.tanh(3) / 2)},
                        within(1e-6f));
    }

    /** One utterance of two steps. */
    private static EncoderExample example(PerceptronOptions options) {
        return new EncoderExample(new Perceptron(options), 2).with(FloatTensor.of(new float[] {1, 2, 3, -1}, 2, 2));
    }
}

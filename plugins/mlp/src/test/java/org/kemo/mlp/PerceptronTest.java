package org.kemo.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.torch.TorchBackend;

final class PerceptronTest {
    private record Encoding(PerceptronOptions options) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            return List.of(
                    new Input("steps", ElementType.FLOAT, steps.with(2)), new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Encoded<T> encoded =
                    new Perceptron(options).encode(ops, new Sequence<>(inputs.get("steps"), inputs.get("mask")));
            return Map.of("pooled", encoded.pooled());
        }
    }

    /** Two real steps and one of padding. */
    private static final FloatTensor STEPS = FloatTensor.of(new float[] {1, 2, 3, -1, 9, 9}, 1, 3, 2);

    private static final FloatTensor MASK = FloatTensor.of(new float[] {1, 1, 0}, 1, 3);

    @Test
    void isTheMeanOfTheFeaturesWithoutLayers() {
        Encoding network = new Encoding(new PerceptronOptions(0, 64, Activation.RELU, 0.3, 0));

        assertThat(NetworkParameters.of(network, Map.of(), 1)).isEmpty();
        assertThat(pooled(network, Map.of())).containsExactly(2, 0.5f);
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

        assertThat(pooled(new Encoding(new PerceptronOptions(1, 2, Activation.RELU, 0.3, 0)), parameters))
                .containsExactly(2, 1.5f);
        assertThat(pooled(new Encoding(new PerceptronOptions(1, 2, Activation.TANH, 0.3, 0)), parameters))
                .containsExactly(
                        new float[] {(float) ((Math.tanh(1) + Math.tanh(3)) / 2), (float) (Math.tanh(3) / 2)},
                        within(1e-6f));
    }

    private static float[] pooled(Encoding network, Map<String, FloatTensor> parameters) {
        return new TorchBackend()
                .run(network, parameters, Map.of("steps", STEPS, "mask", MASK))
                .get("pooled")
                .values();
    }
}

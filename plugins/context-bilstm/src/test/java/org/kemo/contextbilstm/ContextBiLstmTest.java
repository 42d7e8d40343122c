package org.kemo.contextbilstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.torch.TorchBackend;

final class ContextBiLstmTest {
    private record Pooled(ContextBiLstmOptions options, int width) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("U"));
            return List.of(
                    new Input("utterances", ElementType.FLOAT, steps.with(width)),
                    new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Sequence<T> utterances = new Sequence<>(inputs.get("utterances"), inputs.get("mask"));
            return Map.of(
                    "pooled", new ContextBiLstm(options).encode(ops, utterances).pooled());
        }
    }

    private static final ContextBiLstmOptions SMALL = new ContextBiLstmOptions(2, 1, true, 0.5, 0, 0, 3);

    /** Reference: torch 2.15.0 in reference.py among this test's resources: nn.LSTM on each row alone, the dense layer in numpy. */
    @Test
    void answersForTheMarkedUtteranceAsTorchAndNumpySay() {
        Pooled network = new Pooled(SMALL, 3);
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, Map.of(), 1);
        // Every parameter holds sin(1), sin(2), ... / 2 from its first value on.
        parameters.replaceAll((name, value) -> sines(value.shape()));
        // Two groups, of three utterances and of one, with the mark as a column of mean 0.5 and deviation 0.5.
        FloatTensor utterances =
                FloatTensor.of(new float[] {1, -1, -1, 0.5f, 2, 1, -2, 0.25f, -1, 3, 1, 1, 9, 9, 9, 9, 9, 9}, 2, 3, 3);
        FloatTensor mask = FloatTensor.of(new float[] {1, 1, 1, 1, 0, 0}, 2, 3);

        float[] pooled = new TorchBackend()
                .run(network, parameters, Map.of("utterances", utterances, "mask", mask))
                .get("pooled")
                .values();

        assertThat(pooled).containsExactly(new float[] {0.1818317f, 0.1244511f, 0, 0.0287681f, 0, 0}, within(2e-6f));
    }

    @Test
    void doesNotReadTheMarkAsAFeature() {
        Map<String, FloatTensor> parameters = NetworkParameters.of(new Pooled(SMALL, 6), Map.of(), 1);

        assertThat(parameters.get("layer0/forward/weightInput").shape()).containsExactly(5, 8);
    }

    @Test
    void asksForFeaturesBesideTheMark() {
        assertThatThrownBy(() -> NetworkParameters.of(new Pooled(SMALL, 1), Map.of(), 1))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("steps of [1] number")
                .hasMessageContaining("context: group");
    }

    private static FloatTensor sines(int... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.values()[i] = (float) (Math.sin(i + 1) / 2);
        }
        return tensor;
    }
}

package org.kemo.bilstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.torch.TorchBackend;

final class BiLstmTest {
    private record Pooled(BiLstmOptions options, int width) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            return List.of(
                    new Input("frames", ElementType.FLOAT, steps.with(width)),
                    new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Sequence<T> frames = new Sequence<>(inputs.get("frames"), inputs.get("mask"));
            return Map.of("pooled", new BiLstm(options).encode(ops, frames).pooled());
        }
    }

    @Test
    void hasAsManyParametersAsItsShapesSay() {
        BiLstmOptions options = new BiLstmOptions(64, 2, 0.3, 0, 0, Pooling.ATTENTION, 64);
        Map<String, FloatTensor> parameters = NetworkParameters.of(new Pooled(options, 252), Map.of(), 1);
        // Two directions of 4 x 64 gates over 252 inputs, 64 outputs and a bias; the same over 128; attention 128 x 64
        // + 64 + 64.
        int expected = 2 * 256 * (252 + 64 + 1) + 2 * 256 * (128 + 64 + 1) + 128 * 64 + 64 + 64;
        assertThat(parameters.values().stream().mapToInt(FloatTensor::count).sum())
                .isEqualTo(expected);
    }

    /** Reference: torch 2.15.0 in reference.py beside this test's resources: nn.LSTM on each row alone, attention in numpy. */
    @Test
    void isWhatTorchAndNumpySay() {
        BiLstmOptions options = new BiLstmOptions(2, 2, 0.3, 0, 0, Pooling.ATTENTION, 2);
        Pooled network = new Pooled(options, 2);
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, Map.of(), 1);
        // Every parameter holds sin(1), sin(2), ... / 2 from its first value on.
        parameters.replaceAll((name, value) -> sines(value.shape()));
        FloatTensor frames = FloatTensor.of(new float[] {1, -1, 0.5f, 2, -2, 0.25f, 3, 1, 9, 9, 9, 9}, 2, 3, 2);
        FloatTensor mask = FloatTensor.of(new float[] {1, 1, 1, 1, 0, 0}, 2, 3);
        FloatTensor pooled = new TorchBackend()
                .run(network, parameters, Map.of("frames", frames, "mask", mask))
                .get("pooled");
        assertThat(pooled.values()).containsExactly(REFERENCE, within(2e-6f));
    }

    private static final float[] REFERENCE = {
        -0.1876343f, -0.0823457f, -0.1866826f, -0.0772295f, -0.1464507f, -0.0216061f, -0.1464507f, -0.0216061f
    };

    private static FloatTensor sines(int... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.values()[i] = (float) (Math.sin(i + 1) / 2);
        }
        return tensor;
    }
}

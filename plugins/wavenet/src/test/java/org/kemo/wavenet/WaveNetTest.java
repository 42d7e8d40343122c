package org.kemo.wavenet;

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

/** Reference: torch 2.15.0 in reference.py beside this test's resources, on each row alone. */
final class WaveNetTest {
    private record Pooled(WaveNetOptions options) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            return List.of(
                    new Input("frames", ElementType.FLOAT, steps.with(2)), new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Sequence<T> frames = new Sequence<>(inputs.get("frames"), inputs.get("mask"));
            return Map.of("pooled", new WaveNet(options).encode(ops, frames).pooled());
        }
    }

    @Test
    void isWhatTorchSays() {
        assertThat(pooled(new WaveNetOptions(2, 3, 3, 2, 1, false, 0.1)))
                .containsExactly(
                        new float[] {0.4782658f, 0.4682943f, 0.0277752f, 0.4544616f, 0.4636120f, 0.0465195f},
                        within(2e-6f));
    }

    @Test
    void isWhatTorchSaysWhereAFrameSeesOnlyThoseBefore() {
        assertThat(pooled(new WaveNetOptions(2, 3, 3, 2, 1, true, 0.1)))
                .containsExactly(
                        new float[] {0.4795692f, 0.4701752f, 0.0285043f, 0.4847708f, 0.4748465f, 0.0283504f},
                        within(2e-6f));
    }

    /** Every parameter holds sin(1), sin(2), ... / 2 from its first value on; the second row is one frame and padding. */
    private static float[] pooled(WaveNetOptions options) {
        Pooled network = new Pooled(options);
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, Map.of(), 1);
        parameters.replaceAll((name, value) -> sines(value.shape()));
        FloatTensor frames = FloatTensor.of(new float[] {1, -1, 0.5f, 2, -2, 0.25f, 3, 1, 9, 9, 9, 9}, 2, 3, 2);
        FloatTensor mask = FloatTensor.of(new float[] {1, 1, 1, 1, 0, 0}, 2, 3);
        return new TorchBackend()
                .run(network, parameters, Map.of("frames", frames, "mask", mask))
                .get("pooled")
                .values();
    }

    private static FloatTensor sines(int... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.values()[i] = (float) (Math.sin(i + 1) / 2);
        }
        return tensor;
    }
}

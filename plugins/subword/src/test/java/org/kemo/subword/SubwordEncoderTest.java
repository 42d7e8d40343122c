package org.kemo.subword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.testkit.TextEncoderContract;
import org.kemo.torch.TorchBackend;

final class SubwordEncoderTest extends TextEncoderContract {
    @Override
    protected TextNetworkEncoder encoder() {
        return new SubwordEncoder(new SubwordOptions(30, 4, 3, 7, 2, 4, 8, 3, 0.1, 0.1, 0.3));
    }

    /** K vectors of ones make K / sqrt(K), as one vector of that. */
    @Test
    void dividesTheSumOfAWordsVectorsByTheRootOfTheirNumber() {
        float[] four = pooled(1, 5, 7, 7, 30, 0, 0, 0, 0, 0);

        assertThat(four).isNotEqualTo(pooled(1, 5, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(four).containsExactly(pooled(2, 5, 0, 0, 0, 0, 0, 0, 0, 0), within(1e-6f));
        assertThat(pooled(1, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(pooled(3, 0, 0, 1, 0, 0, 0, 0, 0, 0), within(1e-6f));
    }

    /** What a text of one word is encoded to. */
    private float[] pooled(float table, long... units) {
        Pooled network = new Pooled(encoder());
        Map<String, FloatTensor> parameters = new LinkedHashMap<>(NetworkParameters.of(network, Map.of(), 1));
        Arrays.fill(parameters.get("embedding").values(), table);
        return new TorchBackend()
                .run(
                        network,
                        parameters,
                        Map.of(
                                "units",
                                LongTensor.of(units, 1, 1, units.length),
                                "mask",
                                FloatTensor.of(new float[] {1}, 1, 1)))
                .get("pooled")
                .values();
    }

    private record Pooled(TextNetworkEncoder encoder) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("L"));
            return List.of(
                    new Input("units", ElementType.LONG, steps.with(encoder.width())),
                    new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Sequence<T> units = new Sequence<>(inputs.get("units"), inputs.get("mask"));
            return Map.of("pooled", encoder.encode(ops, units).pooled());
        }
    }
}

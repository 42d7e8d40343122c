package org.kemo.contextbilstm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.torch.TorchBackend;

final class MarkTest {
    private record Shares() implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("U"));
            return List.of(new Input("column", ElementType.FLOAT, steps), new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("shares", Mark.shares(ops, inputs.get("column"), inputs.get("mask")));
        }
    }

    /** The mean and deviation of a column that is 1 in one of so many rows; the last is what the host makes of a constant. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.02, 0.14", "0.001, 0.0316", "0, 1", "1, 0.00001", "0, 0.00001"})
    void findsTheMarkWhateverItWasStandardisedBy(float mean, float deviation) {
        for (int steps : new int[] {2, 5, 200}) {
            for (int marked : new int[] {0, steps / 2, steps - 1}) {
                float[] column = new float[steps];
                column[marked] = 1;
                float[] standardised = column.clone();
                for (int u = 0; u < steps; u++) {
                    standardised[u] = (column[u] - mean) / deviation;
                }
                assertThat(shares(standardised, ones(steps))).containsExactly(column);
            }
        }
    }

    @Test
    void doesNotSeePadding() {
        assertThat(shares(new float[] {-1, 3, 9, 9}, new float[] {1, 1, 0, 0})).containsExactly(0, 1, 0, 0);
    }

    @Test
    void countsAllStepsAlikeWhereNoneIsMarked() {
        assertThat(shares(new float[] {0}, ones(1))).containsExactly(1);
        assertThat(shares(new float[] {-0.14f, -0.14f, -0.14f, -0.14f}, ones(4)))
                .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void countsNoneWhereThereIsNone() {
        assertThat(shares(new float[] {7, 7}, new float[] {0, 0})).containsExactly(0, 0);
    }

    private static float[] ones(int steps) {
        float[] ones = new float[steps];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static float[] shares(float[] column, float[] mask) {
        return new TorchBackend()
                .run(
                        new Shares(),
                        Map.of(),
                        Map.of(
                                "column", FloatTensor.of(column, 1, column.length),
                                "mask", FloatTensor.of(mask, 1, mask.length)))
                .get("shares")
                .values();
    }
}

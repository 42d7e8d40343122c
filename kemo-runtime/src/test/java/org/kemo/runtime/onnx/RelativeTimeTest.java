package org.kemo.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.fusion.RelativeTime;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** Kemo's api has no backend of its own to compute with. */
final class RelativeTimeTest {
    @Test
    void saysHowNearEachStepIsToEachPlace() {
        // The middles of two steps are at 1/4 and 3/4; of three places, at 0, 1/2 and 1, both are half way between two.
        // One step stands in the middle. Nothing is near where there is no step.
        FloatTensor places = run(mask(2, 1, 0), mask(2, 1, 0)).get("places");
        assertRows(places, 3, 0.5, 0.5, 0, 0, 0.5, 0.5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void laysFineStepsOverCoarseOnes() {
        // Two words over three frames: the first takes the first frame and half of the second, 2/3 and 1/3 of its time.
        FloatTensor overlap = run(mask(2), mask(3)).get("overlap");
        assertRows(overlap, 3, 2 / 3.0, 1 / 3.0, 0, 0, 1 / 3.0, 2 / 3.0);
    }

    @Test
    void laysCoarseStepsOverFineOnes() {
        // Three words over two frames: the second word has half of either.
        FloatTensor overlap = run(mask(3), mask(2)).get("overlap");
        assertRows(overlap, 2, 1, 0, 0.5, 0.5, 0, 1);
    }

    @Test
    void leavesPaddingAndWhatIsMissingOut() {
        // Rows of one word and of two, over two frames and over none.
        FloatTensor overlap = run(mask(1, 2), mask(2, 0)).get("overlap");
        assertRows(overlap, 2, 0.5, 0.5, 0, 0, 0, 0, 0, 0);
    }

    private static FloatTensor mask(int... steps) {
        int longest = 1;
        for (int each : steps) {
            longest = Math.max(longest, each);
        }
        FloatTensor mask = FloatTensor.zeros(steps.length, longest);
        for (int n = 0; n < steps.length; n++) {
            java.util.Arrays.fill(mask.values(), n * longest, n * longest + steps[n], 1);
        }
        return mask;
    }

    private static Map<String, FloatTensor> run(FloatTensor words, FloatTensor frames) {
        Network network = new Network() {
            @Override
            public List<Input> inputs() {
                Shape batch = Shape.of(Dimension.BATCH);
                return List.of(
                        new Input("words", ElementType.FLOAT, batch.with(Dimension.named("W"))),
                        new Input("frames", ElementType.FLOAT, batch.with(Dimension.named("F"))));
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                RelativeTime<T> time = new RelativeTime<>(ops, inputs.get("words"));
                return Map.of(
                        "places",
                        time.places(3),
                        "overlap",
                        time.overlap(new RelativeTime<>(ops, inputs.get("frames"))));
            }
        };
        return new OnnxBackend().run(network, Map.of(), Map.of("words", words, "frames", frames));
    }

    private static void assertRows(FloatTensor actual, int width, double... expected) {
        assertThat(actual.size(2)).isEqualTo(width);
        assertThat(actual.count()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.values()[i]).as("value " + i).isCloseTo(expected[i], within(1e-6));
        }
    }
}

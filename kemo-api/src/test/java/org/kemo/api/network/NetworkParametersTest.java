package org.kemo.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkParametersTest {
    /** A scalar of x [N, 3], by way of layers of these widths, of which each has the name of its place. */
    private record Layers(List<Integer> widths) implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(
                    new Input("x", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(3)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T x = inputs.get("x");
            for (int i = 0; i < widths.size(); i++) {
                x = ops.scope("layer" + i).linear("dense", x, widths.get(i));
            }
            return Map.of("y", x);
        }
    }

    /** Asks for one name with two shapes. */
    private record Clash() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            ops.parameter("w", Shape.of(2), Initializer.uniform(1));
            return Map.of("y", ops.parameter("w", Shape.of(3), Initializer.uniform(1)));
        }
    }

    @Test
    void tellsTheShapesOfWhatTheyBeginWith() {
        Network network = new Layers(List.of(4, 2));

        Map<String, Shape> shapes = NetworkParameters.shapes(network);
        Map<String, FloatTensor> values = NetworkParameters.of(network, Map.of(), 1);

        assertThat(shapes.keySet())
                .containsExactly("layer0/dense/weight", "layer0/dense/bias", "layer1/dense/weight", "layer1/dense/bias")
                .containsExactlyElementsOf(values.keySet());
        values.forEach((name, value) -> assertThat(shapes.get(name)).isEqualTo(Shape.of(value.shape())));
        assertThat(NetworkOutputs.of(network))
                .containsExactly(Map.entry("y", Shape.of(Dimension.BATCH).with(2)));
    }

    /** Not even shifted: of a weight [3, 40], all but one of the columns would be columns of the other. */
    @Test
    void beginWithOtherNumbersForEachSeedAndName() {
        Network network = new Layers(List.of(40, 3, 40));
        Set<Float> drawn = new HashSet<>();
        int weights = 0;
        for (long seed = 0; seed < 10; seed++) {
            Map<String, FloatTensor> values = NetworkParameters.of(network, Map.of(), seed);
            for (int layer : new int[] {0, 2}) {
                for (float value : values.get("layer" + layer + "/dense/weight").values()) {
                    drawn.add(value);
                    weights++;
                }
            }
        }

        // 2,400 of some 2^24 numbers between two bounds: two or three meet by chance.
        assertThat(drawn).hasSizeGreaterThan(weights - 10);
    }

    @Test
    void makesNoValuesToTellShapes() {
        // Eight terabytes.
        Network huge = new Layers(List.of(1 << 20, 1 << 21));

        assertThat(NetworkParameters.shapes(huge).get("layer1/dense/weight")).isEqualTo(Shape.of(1 << 20, 1 << 21));
        assertThat(NetworkOutputs.of(huge)).containsKey("y");
    }

    @Test
    void refusesOneNameForTwoShapes() {
        assertThatThrownBy(() -> NetworkParameters.shapes(new Clash())).hasMessageContainingAll("[w]", "2", "3");
        assertThatThrownBy(() -> NetworkOutputs.of(new Clash())).hasMessageContainingAll("[w]", "2", "3");
        assertThatThrownBy(() -> NetworkParameters.of(new Clash(), Map.of(), 0))
                .hasMessageContainingAll("[w]", "2", "3");
        assertThatThrownBy(() -> NetworkParameters.of(
                        new Layers(List.of(4)), Map.of("layer0/dense/bias", FloatTensor.zeros(5)), 0))
                .hasMessageContainingAll("[layer0/dense/bias]", "5", "4");
    }

    @Test
    void beginsWithGivenValuesOnlyWhereTheyHaveTheShapeOfTheParameter() {
        FloatTensor prior = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

        assertThat(NetworkParameters.of(new Alone(Shape.of(3, 2), prior), Map.of(), 1))
                .containsExactly(Map.entry("prior", prior));
        // Transposed, flat, a row shorter and a row longer.
        for (Shape other : List.of(Shape.of(2, 3), Shape.of(6), Shape.of(2, 2), Shape.of(4, 2))) {
            assertThatThrownBy(() -> NetworkParameters.of(new Alone(other, prior), Map.of(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("shape " + other + " ", "shape [3, 2].");
        }
    }

    /** One parameter of a shape, that begins with these values. */
    private record Alone(Shape shape, FloatTensor values) implements Network {
        @Override
        public List<Input> inputs() {
            return List.of();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", ops.parameter("prior", shape, Initializer.of(values)));
        }
    }
}

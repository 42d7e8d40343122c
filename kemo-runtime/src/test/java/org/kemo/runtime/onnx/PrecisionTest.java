package org.kemo.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelPrecision;

/** Networks that are written down with other numbers than those of 32 bits. */
class PrecisionTest {
    private static final int IN = 24;
    private static final int OUT = 20;
    private static final int ROWS = 5;

    /** y = x W. */
    private record Product() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(
                    new Input("x", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(IN)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T weight = ops.parameter("w", Shape.of(IN, OUT), Initializer.constant(0));
            return Map.of("y", ops.matmul(inputs.get("x"), weight));
        }
    }

    /** y = x W and z = 2 x W, by the same W. */
    private record Twice() implements Network {
        @Override
        public List<Input> inputs() {
            return new Product().inputs();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T x = inputs.get("x");
            T weight = ops.parameter("w", Shape.of(IN, OUT), Initializer.constant(0));
            return Map.of("y", ops.matmul(x, weight), "z", ops.matmul(ops.multiply(x, ops.constant(2)), weight));
        }
    }

    /** y = rows of a table, and their products with the table turned. */
    private record Rows() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(new Input("ids", ElementType.LONG, Shape.of(Dimension.BATCH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T table = ops.parameter("w", Shape.of(IN, OUT), Initializer.constant(0));
            T rows = ops.gather(table, inputs.get("ids"));
            return Map.of("y", rows, "z", ops.matmul(rows, ops.transpose(table, 0, 1)));
        }
    }

    /** y = softmax(x + hidden m) / max(x - x, 1e-24), where hidden is -1e9. */
    private record Hiding() implements Network {
        @Override
        public List<Input> inputs() {
            Shape row = Shape.of(Dimension.BATCH).with(3);
            return List.of(new Input("x", ElementType.FLOAT, row), new Input("m", ElementType.FLOAT, row));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T x = inputs.get("x");
            T hidden = ops.add(x, ops.multiply(inputs.get("m"), ops.constant(-1e9)));
            T nothing = ops.maximum(ops.subtract(x, x), ops.constant(1e-24));
            return Map.of("y", ops.softmax(hidden, -1), "finite", ops.divide(ops.subtract(x, x), nothing));
        }
    }

    /**
     * The product as the specifications of DynamicQuantizeLinear (version 11) and MatMulInteger (version 10) say it, in double precision but
     * for the scale, which both hold as a float.
     */
    private static float[] expectedProduct(float[] x, float[] w) {
        float least = 0;
        float most = 0;
        for (float value : x) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float scale = (most - least) / 255;
        long zero = Math.round(Math.max(0, Math.min(255, Math.rint(-least / scale))));
        float[] y = new float[ROWS * OUT];
        for (int column = 0; column < OUT; column++) {
            float largest = 0;
            for (int i = 0; i < IN; i++) {
                largest = Math.max(largest, Math.abs(w[i * OUT + column]));
            }
            float columnScale = largest / 127;
            for (int row = 0; row < ROWS; row++) {
                long sum = 0;
                for (int i = 0; i < IN; i++) {
                    double rounded = Math.rint(x[row * IN + i] / scale) + zero;
                    long whole = (long) Math.max(0, Math.min(255, rounded));
                    sum += (whole - zero) * (long) Math.rint(w[i * OUT + column] / columnScale);
                }
                y[row * OUT + column] = (float) (sum * ((double) scale * columnScale));
            }
        }
        return y;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 3", "3, -3", "4, 0.5"})
    void multipliesWholeNumbersAsDynamicQuantisationDoes(int seed, float shift) {
        FloatTensor x = gaussian(seed, ROWS, IN);
        for (int i = 0; i < x.count(); i++) {
            x.values()[i] += shift;
        }
        FloatTensor w = gaussian(10 + seed, IN, OUT);
        float[] expected = expectedProduct(x.values(), w.values());

        assertThat(run(ModelPrecision.INT8, new Product(), w, x).values()).containsExactly(expected, within(1e-5f));
        // Rounding is there, and it is small.
        float[] whole = run(ModelPrecision.FLOAT32, new Product(), w, x).values();
        assertThat(expected).isNotEqualTo(whole).containsExactly(whole, within(0.5f));
    }

    @Test
    void multipliesTwiceByOneMatrix() {
        FloatTensor x = gaussian(1, ROWS, IN);
        FloatTensor w = gaussian(11, IN, OUT);
        Map<String, FloatTensor> outputs =
                new OnnxBackend(ModelPrecision.INT8).run(new Twice(), Map.of("w", w), Map.of("x", x));

        float[] expected = expectedProduct(x.values(), w.values());
        assertThat(outputs.get("y").values()).containsExactly(expected, within(1e-5f));
        for (int i = 0; i < expected.length; i++) {
            assertThat(outputs.get("z").values()[i]).isCloseTo(2 * expected[i], within(2e-5f));
        }
    }

    @Test
    void looksUpRowsTimesTheirScales() {
        FloatTensor w = gaussian(5, IN, OUT);
        FloatTensor y = new OnnxBackend(ModelPrecision.INT8)
                .run(new Rows(), Map.of("w", w), Map.of("ids", LongTensor.of(new long[] {7, 0, 23, 7}, 4)))
                .get("y");

        Int8Matrix rounded = Int8Matrix.byRow(w);
        int[] ids = {7, 0, 23, 7};
        for (int n = 0; n < ids.length; n++) {
            for (int d = 0; d < OUT; d++) {
                assertThat(y.at(n, d)).isEqualTo(rounded.values()[ids[n] * OUT + d] * rounded.scales()[ids[n]]);
            }
        }
    }

    @Test
    void roundsOnlyParametersThatAreMultipliedAsTheyAre() throws IOException {
        OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(
                        OnnxNetwork.of("test", "", new Rows(), ModelPrecision.INT8, Map.of("w", gaussian(5, IN, OUT)))
                                .bytes())
                .getGraph();

        assertThat(graph.getInitializerList().stream().map(OnnxMl.TensorProto::getName))
                .containsExactlyInAnyOrder("w", "w#rows", "w#rows/scales");
        assertThat(graph.getNodeList().stream().map(OnnxMl.NodeProto::getOpType))
                .contains("MatMul")
                .doesNotContain("MatMulInteger");
    }

    @Test
    void computesInSixteenBits() {
        FloatTensor x = gaussian(1, ROWS, IN);
        FloatTensor w = gaussian(11, IN, OUT);
        float[] whole = run(ModelPrecision.FLOAT32, new Product(), w, x).values();
        float[] narrow = run(ModelPrecision.FLOAT16, new Product(), w, x).values();

        assertThat(narrow).isNotEqualTo(whole).containsExactly(whole, within(2e-2f));
    }

    @Test
    void hidesAndDividesInSixteenBitsWithoutLeavingTheNumbers() {
        Map<String, FloatTensor> outputs = new OnnxBackend(ModelPrecision.FLOAT16)
                .run(
                        new Hiding(),
                        Map.of(),
                        Map.of(
                                "x", FloatTensor.of(new float[] {-900, 0, 5, 1, 1, 1}, 2, 3),
                                "m", FloatTensor.of(new float[] {1, 0, 1, 0, 0, 0}, 2, 3)));

        assertThat(outputs.get("y").values())
                .containsExactly(new float[] {0, 1, 0, 1 / 3f, 1 / 3f, 1 / 3f}, within(1e-3f));
        assertThat(outputs.get("finite").values()).containsOnly(0);
    }

    @Test
    void writesFilesOfHalfAndOfAQuarterOfTheSize(@TempDir Path folder) throws IOException {
        long whole = size(folder, ModelPrecision.FLOAT32);

        assertThat(whole).isEqualTo((long) Float.BYTES * IN * OUT);
        assertThat(size(folder, ModelPrecision.FLOAT16)).isEqualTo(whole / 2);
        assertThat(size(folder, ModelPrecision.INT8)).isEqualTo(whole / 4);
    }

    private static long size(Path folder, ModelPrecision precision) throws IOException {
        Path file = folder.resolve(precision + ".onnx");
        OnnxNetwork.write("test", "", new Product(), precision, (name, shape) -> gaussian(1, shape.sizes()), file);
        return Files.size(file.resolveSibling(file.getFileName() + ".data"));
    }

    private static FloatTensor run(ModelPrecision precision, Network network, FloatTensor w, FloatTensor x) {
        return new OnnxBackend(precision)
                .run(network, Map.of("w", w), Map.of("x", x))
                .get("y");
    }

    private static FloatTensor gaussian(int seed, int... shape) {
        Random random = new Random(seed);
        FloatTensor tensor = FloatTensor.zeros(shape);
        IntStream.range(0, tensor.count()).forEach(i -> tensor.values()[i] = (float) random.nextGaussian());
        return tensor;
    }
}

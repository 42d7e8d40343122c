package org.kemo.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

class OnnxNetworkTest {
    private static final Dimension LENGTH = Dimension.named("L");
    private static final Network.Input FEATURES = new Network.Input(
            "features", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(2));

    private final OnnxBackend backend = new OnnxBackend();

    @Test
    void runsALinearLayer() {
        Network network = new LinearNetwork(3);
        Map<String, FloatTensor> parameters = Map.of(
                "layer/out/weight", FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                "layer/out/bias", FloatTensor.of(new float[] {10, 20, 30}, 3));

        Map<String, FloatTensor> outputs = backend.run(
                network, parameters, Map.of("features", FloatTensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2)));

        assertThat(outputs)
                .containsExactly(
                        Map.entry("y", FloatTensor.of(new float[] {11, 22, 33, 14, 25, 36, 15, 27, 39}, 3, 3)));
    }

    /** Reference: torch 2.15.0, nn.LSTM(2, 3) on each row alone, without its padding, flipped for backward. */
    @Test
    void runsAnLstmOverRowsOfAnyLengthAsTorchDoes() {
        float[] forward = {
            0.1281835f,
            0.094576f,
            0.0523358f,
            0.1634631f,
            0.155209f,
            0.0979464f,
            0.1349969f,
            0.1493707f,
            0.1116367f,
            0.1307685f,
            0.1234792f,
            0.0852766f,
            0.1129628f,
            0.0783945f,
            0.0394547f,
            0.175306f,
            0.1435688f,
            0.0831723f,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        float[] backward = {
            0.1776117f,
            0.1501877f,
            0.101262f,
            0.1533336f,
            0.1536123f,
            0.1001032f,
            0.108159f,
            0.1089278f,
            0.0694226f,
            0.0788872f,
            0.0567636f,
            0.02281f,
            0.1574123f,
            0.124114f,
            0.0766178f,
            0.1296317f,
            0.1096806f,
            0.0639838f,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        Map<String, Tensor> inputs = Map.of(
                "x", wave(0, 3, 4, 2), "mask", FloatTensor.of(new float[] {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, 3, 4));
        Map<String, FloatTensor> parameters = Map.of(
                "lstm/weightInput", wave(1, 2, 12), "lstm/weightHidden", wave(2, 3, 12), "lstm/bias", wave(3, 12));

        for (boolean direction : new boolean[] {false, true}) {
            FloatTensor output =
                    backend.run(new LstmNetwork(direction), parameters, inputs).get("y");

            assertThat(output.shape()).containsExactly(3, 4, 3);
            assertThat(output.values()).containsExactly(direction ? backward : forward, within(1e-6f));
        }
    }

    @Test
    void keepsNamesTypesAndNamedDimensions() throws IOException {
        OnnxMl.GraphProto graph = graphOf(new LstmNetwork(false), lstmParameters());

        assertThat(graph.getInputList().stream().map(OnnxNetworkTest::describe))
                .containsExactly("x FLOAT N L 2", "mask FLOAT N L");
        assertThat(graph.getOutputList().stream().map(OnnxNetworkTest::describe))
                .containsExactly("y FLOAT N L 3");
    }

    @Test
    void givesTheSameBytesForTheSameNetwork() {
        assertThat(model(new LstmNetwork(true), lstmParameters()).bytes())
                .isEqualTo(model(new LstmNetwork(true), lstmParameters()).bytes())
                .isNotEqualTo(model(new LstmNetwork(false), lstmParameters()).bytes());
    }

    @Test
    void acceptsAnInputThatTheNetworkDoesNotRead() {
        Network network = new SmallNetwork(
                List.of(FEATURES, new Network.Input("unread", ElementType.LONG, Shape.of(Dimension.BATCH, LENGTH))),
                Map.of("y", "features"));

        Map<String, FloatTensor> outputs = backend.run(
                network,
                Map.of(),
                Map.of("features", FloatTensor.of(new float[] {1, 2}, 1, 2), "unread", LongTensor.zeros(1, 5)));

        assertThat(outputs).containsExactly(Map.entry("y", FloatTensor.of(new float[] {1, 2}, 1, 2)));
    }

    @Test
    void givesOneValueUnderTwoNames() {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("first", "features");
        outputs.put("second", "features");
        FloatTensor features = FloatTensor.of(new float[] {1, 2}, 1, 2);

        assertThat(backend.run(new SmallNetwork(List.of(FEATURES), outputs), Map.of(), Map.of("features", features)))
                .containsExactly(Map.entry("first", features), Map.entry("second", features));
    }

    @Test
    void refusesAnOutputThatIsCalledAsAnInput() {
        assertThatThrownBy(() -> model(new SmallNetwork(List.of(FEATURES), Map.of("features", "features")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[features]");
    }

    @Test
    void refusesAMissingParameter() {
        assertThatThrownBy(() ->
                        model(new LinearNetwork(3), Map.of("layer/out/weight", FloatTensor.of(new float[6], 2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[layer/out/bias] [3]");
    }

    @Test
    void refusesAParameterOfAnotherShape() {
        assertThatThrownBy(() ->
                        model(new LinearNetwork(3), Map.of("layer/out/weight", FloatTensor.of(new float[6], 3, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[layer/out/weight]")
                .hasMessageContaining("[3, 2]")
                .hasMessageContaining("[2, 3]");
    }

    @Test
    void refusesArithmeticWithIds() {
        assertThatThrownBy(() -> model(new ExponentialOfIds(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[ids] is LONG");
    }

    @Test
    void writesASharedParameterAndAnEqualConstantOnce() throws IOException {
        OnnxMl.GraphProto graph = graphOf(new SharingNetwork(), Map.of("w", wave(0, 2)));

        assertThat(graph.getInitializerList().stream().map(OnnxMl.TensorProto::getName))
                .containsExactlyInAnyOrder("w", "constant#0");
    }

    @Test
    void leavesOutWhatNoOutputReads() throws IOException {
        Network network = new Network() {
            @Override
            public List<Input> inputs() {
                return List.of(FEATURES);
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                T read = ops.exp(inputs.get("features"));
                ops.log(ops.multiply(read, ops.parameter("idle", Shape.of(2), Initializer.constant(0))));
                return Map.of("y", ops.sqrt(read));
            }
        };
        OnnxMl.GraphProto graph = graphOf(network, Map.of("idle", wave(0, 2)));

        assertThat(graph.getNodeList().stream().map(OnnxMl.NodeProto::getOpType))
                .containsExactly("Exp", "Sqrt", "Identity");
        assertThat(graph.getInitializerList()).isEmpty();
    }

    @Test
    void takesItsNumbersIntoOneFileWhereThatCanHoldThem(@TempDir Path folder) throws IOException {
        Network network = new LinearNetwork(300);
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, Map.of(), 1);
        Path file = folder.resolve("model.onnx");
        OnnxNetwork inMemory = OnnxNetwork.of("test", "of a test", network, parameters);

        assertThat(OnnxNetwork.writeWhole("test", "of a test", network, GraphParameters.of(parameters), file))
                .containsExactly(file);
        assertThat(OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file)))
                .isEqualTo(OnnxMl.ModelProto.parseFrom(inMemory.bytes()));
        assertThat(OnnxNetwork.parameters(file)).isEqualTo(parameters);
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(each -> !each.equals(file));
        assertThat(OnnxNetwork.writeWhole("test", "of a test", network, GraphParameters.of(parameters), file, 1000))
                .containsExactly(file, folder.resolve("model.onnx.data"))
                .allSatisfy(each -> assertThat(each).isNotEmptyFile());
    }

    /** Nothing is written before them, so the file takes no room. */
    @Test
    void putsNumbersBehindTwoGigabytes(@TempDir Path folder) throws IOException {
        long free = 3L << 30;
        Path file = folder.resolve("model.onnx.data");
        OnnxMl.TensorProto.Builder first = OnnxMl.TensorProto.newBuilder();
        OnnxMl.TensorProto.Builder second = OnnxMl.TensorProto.newBuilder();
        try (DataFile data = DataFile.create(file, free)) {
            data.store(TensorNumbers.float32(wave(0, 300).values()), first);
            data.store(TensorNumbers.float32(wave(1, 300).values()), second);
        }

        assertThat(place(first)).containsEntry("offset", "3221225472").containsEntry("length", "1200");
        assertThat(place(second)).containsEntry("offset", "3221229568").containsEntry("length", "1200");
        assertThat(numbers(file, free, 300)).isEqualTo(wave(0, 300).values());
        assertThat(numbers(file, free + 4096, 300)).isEqualTo(wave(1, 300).values());
    }

    private static Map<String, String> place(OnnxMl.TensorProto.Builder tensor) {
        return tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        OnnxMl.StringStringEntryProto::getKey, OnnxMl.StringStringEntryProto::getValue));
    }

    private static float[] numbers(Path file, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(channel.read(bytes, from)).isEqualTo(bytes.capacity());
        }
        float[] numbers = new float[count];
        bytes.flip().asFloatBuffer().get(numbers);
        return numbers;
    }

    private static Map<String, FloatTensor> lstmParameters() {
        return Map.of(
                "lstm/weightInput", wave(1, 2, 12), "lstm/weightHidden", wave(2, 3, 12), "lstm/bias", wave(3, 12));
    }

    private static OnnxNetwork model(Network network, Map<String, FloatTensor> parameters) {
        return OnnxNetwork.of("test", "A network of a test", network, parameters);
    }

    private static OnnxMl.GraphProto graphOf(Network network, Map<String, FloatTensor> parameters) throws IOException {
        return OnnxMl.ModelProto.parseFrom(model(network, parameters).bytes()).getGraph();
    }

    private static String describe(OnnxMl.ValueInfoProto value) {
        OnnxMl.TypeProto.Tensor tensor = value.getType().getTensorType();
        StringBuilder text = new StringBuilder(value.getName())
                .append(' ')
                .append(OnnxMl.TensorProto.DataType.forNumber(tensor.getElemType()));
        tensor.getShape().getDimList().forEach(axis -> text.append(' ')
                .append(axis.hasDimParam() ? axis.getDimParam() : axis.getDimValue()));
        return text.toString();
    }

    /** sin(start + 0.7 i) / 2. */
    private static FloatTensor wave(double start, int... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.values()[i] = (float) (Math.sin(start + 0.7 * i) / 2);
        }
        return tensor;
    }

    private record LinearNetwork(int out) implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(FEATURES);
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", ops.scope("layer").linear("out", inputs.get("features"), out));
        }
    }

    private record LstmNetwork(boolean backward) implements Network {
        @Override
        public List<Input> inputs() {
            Shape sequence = Shape.of(Dimension.BATCH, LENGTH);
            return List.of(
                    new Input("x", ElementType.FLOAT, sequence.with(2)),
                    new Input("mask", ElementType.FLOAT, sequence));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", ops.lstm("lstm", inputs.get("x"), inputs.get("mask"), 3, backward));
        }
    }

    /** Outputs that are inputs. */
    private record SmallNetwork(List<Network.Input> inputs, Map<String, String> outputs) implements Network {
        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> values) {
            Map<String, T> given = new LinkedHashMap<>();
            outputs.forEach((output, input) -> given.put(output, values.get(input)));
            return given;
        }
    }

    private record ExponentialOfIds() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(new Input("ids", ElementType.LONG, Shape.of(Dimension.BATCH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", ops.exp(inputs.get("ids")));
        }
    }

    private record SharingNetwork() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(FEATURES);
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", scaled(ops, scaled(ops, inputs.get("features"))));
        }

        private static <T> T scaled(Ops<T> ops, T x) {
            T weight = ops.parameter("w", Shape.of(2), Initializer.constant(0));
            return ops.add(ops.multiply(x, weight), ops.constant(7));
        }
    }
}

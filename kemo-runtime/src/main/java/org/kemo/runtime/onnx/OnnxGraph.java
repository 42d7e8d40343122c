package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelPrecision;

/**
 * A graph while it is being written: nodes in the order of the calls, and the tensors that nodes read. The same calls give
 * the same bytes. Belongs to one thread.
 */
final class OnnxGraph {
    private static final Attribute TO_FLOAT16 = Attribute.integer("to", OnnxMl.TensorProto.DataType.FLOAT16_VALUE);

    private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Supplier<OnnxMl.TensorProto>> initializers = new LinkedHashMap<>();
    private final Map<Object, GraphValue> constants = new HashMap<>();
    private final ModelPrecision precision;
    private final TensorStorage storage;
    private int generated;

    /**
     * A graph without nodes.
     *
     * @param precision of its floats; those that go in and out have 32 bits whatever it is
     */
    OnnxGraph(String name, ModelPrecision precision, TensorStorage storage) {
        this.precision = precision;
        this.storage = storage;
        graph.setName(name);
    }

    ModelPrecision precision() {
        return precision;
    }

    GraphValue input(Network.Input input) {
        GraphValue value = new GraphValue(claim(input.name()), input.type(), input.shape());
        graph.addInput(info(value));
        return isNarrow(value) ? node("", "Cast", value.type(), value.shape(), List.of(value), TO_FLOAT16) : value;
    }

    private boolean isNarrow(GraphValue value) {
        return precision == ModelPrecision.FLOAT16 && value.type() == ElementType.FLOAT;
    }

    /** Gives a value to the outside under a name of its own. */
    void output(String name, GraphValue value) {
        GraphValue output = new GraphValue(claim(name), value.type(), value.shape());
        // A name of its own even for a value that is an input, a parameter or an output already.
        graph.addNode(
                isNarrow(value)
                        ? nodeProto("Cast", name, List.of(value))
                                .addOutput(name)
                                .addAttribute(Attribute.TO_FLOAT.proto())
                        : nodeProto("Identity", name, List.of(value)).addOutput(name));
        graph.addOutput(info(output));
    }

    /** The result of an operation. */
    GraphValue node(
            String scope,
            String operator,
            ElementType type,
            Shape shape,
            List<GraphValue> in,
            Attribute... attributes) {
        String name = scope + operator + "#" + generated++;
        GraphValue value = new GraphValue(claim(name), type, shape);
        OnnxMl.NodeProto.Builder node = nodeProto(operator, name, in).addOutput(name);
        for (Attribute attribute : attributes) {
            node.addAttribute(attribute.proto());
        }
        graph.addNode(node);
        return value;
    }

    /**
     * The results of an operation that has several.
     *
     * @param results what they are; their names go behind the node's
     */
    List<GraphValue> node(String scope, String operator, List<GraphValue> in, List<GraphValue> results) {
        String name = scope + operator + "#" + generated++;
        OnnxMl.NodeProto.Builder node = nodeProto(operator, name, in);
        List<GraphValue> values = new ArrayList<>();
        for (GraphValue result : results) {
            values.add(new GraphValue(claim(name + "/" + result.name()), result.type(), result.shape()));
            node.addOutput(name + "/" + result.name());
        }
        graph.addNode(node);
        return values;
    }

    /**
     * A tensor of floats under a name that nothing else has.
     *
     * @param values asked when the graph is complete, and only where a node reads it
     */
    GraphValue initializer(String name, Shape shape, Supplier<FloatTensor> values) {
        GraphValue value = new GraphValue(claim(name), ElementType.FLOAT, shape);
        initializers.put(name, () -> stored(name, shape, floats(values.get().values())));
        return value;
    }

    /**
     * A tensor under a name that nothing else has, whose numbers are stored at once.
     *
     * @param type FLOAT for floats, LONG for whole numbers of any size
     */
    GraphValue initializer(String name, ElementType type, Shape shape, TensorNumbers numbers) {
        GraphValue value = new GraphValue(claim(name), type, shape);
        OnnxMl.TensorProto proto = stored(name, shape, numbers);
        initializers.put(name, () -> proto);
        return value;
    }

    private TensorNumbers floats(float[] values) {
        return precision == ModelPrecision.FLOAT16 ? TensorNumbers.float16(values) : TensorNumbers.float32(values);
    }

    private OnnxMl.TensorProto stored(String name, Shape shape, TensorNumbers numbers) {
        OnnxMl.TensorProto.Builder proto = tensor(name, numbers.type(), shape.sizes());
        storage.store(numbers, proto);
        return proto.build();
    }

    /** Fixed numbers, written once however often they are asked for. */
    GraphValue constant(FloatTensor tensor) {
        return constants.computeIfAbsent(
                tensor, key -> initializer("constant#" + constants.size(), Shape.of(tensor.shape()), () -> tensor));
    }

    /** A vector of fixed integers: the axes and bounds of operations that take them as inputs. */
    GraphValue integers(long... values) {
        return integers(new int[] {values.length}, values);
    }

    /** A fixed integer without axes, for operations that take no vector. */
    GraphValue integer(long value) {
        return integers(new int[0], value);
    }

    private GraphValue integers(int[] shape, long... values) {
        List<List<Long>> key = List.of(
                Arrays.stream(shape).asLongStream().boxed().toList(),
                Arrays.stream(values).boxed().toList());
        return constants.computeIfAbsent(key, unwritten -> {
            String name = claim("integers#" + constants.size());
            // In the model itself: ONNX Runtime reads them while it opens it.
            OnnxMl.TensorProto.Builder proto = tensor(name, OnnxMl.TensorProto.DataType.INT64, shape);
            TensorStorage.inTheModel().store(TensorNumbers.int64(values), proto);
            initializers.put(name, proto::build);
            return new GraphValue(name, ElementType.LONG, Shape.of(shape));
        });
    }

    OnnxMl.GraphProto build() {
        // Backwards from the outputs: what training alone reads, such as a loss, is left out with all that leads to it.
        Set<String> read = new HashSet<>();
        graph.getOutputList().forEach(output -> read.add(output.getName()));
        List<OnnxMl.NodeProto> nodes = new ArrayList<>(graph.getNodeList());
        for (ListIterator<OnnxMl.NodeProto> at = nodes.listIterator(nodes.size()); at.hasPrevious(); ) {
            OnnxMl.NodeProto node = at.previous();
            if (node.getOutputList().stream().anyMatch(read::contains)) {
                read.addAll(node.getInputList());
            } else {
                at.remove();
            }
        }
        OnnxMl.GraphProto.Builder whole = graph.clone().clearNode().addAllNode(nodes);
        initializers.forEach((name, tensor) -> {
            if (read.contains(name)) {
                whole.addInitializer(tensor.get());
            }
        });
        return whole.build();
    }

    private String claim(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "The name [" + name
                            + "] stands for two values: the inputs, outputs and parameters of a network need names of their own");
        }
        return name;
    }

    private OnnxMl.NodeProto.Builder nodeProto(String operator, String name, List<GraphValue> in) {
        OnnxMl.NodeProto.Builder node =
                OnnxMl.NodeProto.newBuilder().setName(name).setOpType(operator);
        for (GraphValue value : in) {
            node.addInput(value.name());
        }
        return node;
    }

    private static OnnxMl.TensorProto.Builder tensor(String name, OnnxMl.TensorProto.DataType type, int[] shape) {
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(shape).asLongStream().boxed().toList());
    }

    private static OnnxMl.ValueInfoProto info(GraphValue value) {
        OnnxMl.TypeProto.Tensor.Builder tensor = OnnxMl.TypeProto.Tensor.newBuilder()
                .setElemType(
                        switch (value.type()) {
                            case FLOAT -> OnnxMl.TensorProto.DataType.FLOAT_VALUE;
                            case LONG -> OnnxMl.TensorProto.DataType.INT64_VALUE;
                        });
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (Dimension dimension : value.shape().dimensions()) {
            OnnxMl.TensorShapeProto.Dimension.Builder axis = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension.isFixed() ? axis.setDimValue(dimension.size()) : axis.setDimParam(dimension.name()));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(value.name())
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor.setShape(shape)))
                .build();
    }

    /** What an operation is told beside its inputs. */
    record Attribute(OnnxMl.AttributeProto proto) {
        /** For casts. */
        static final Attribute TO_FLOAT = integer("to", OnnxMl.TensorProto.DataType.FLOAT_VALUE);

        static Attribute integer(String name, long value) {
            return new Attribute(OnnxMl.AttributeProto.newBuilder()
                    .setName(name)
                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                    .setI(value)
                    .build());
        }

        static Attribute number(String name, float value) {
            return new Attribute(OnnxMl.AttributeProto.newBuilder()
                    .setName(name)
                    .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
                    .setF(value)
                    .build());
        }

        static Attribute integers(String name, List<Long> values) {
            return new Attribute(OnnxMl.AttributeProto.newBuilder()
                    .setName(name)
                    .setType(OnnxMl.AttributeProto.AttributeType.INTS)
                    .addAllInts(values)
                    .build());
        }

        static Attribute text(String name, String value) {
            return new Attribute(OnnxMl.AttributeProto.newBuilder()
                    .setName(name)
                    .setType(OnnxMl.AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(value))
                    .build());
        }
    }
}

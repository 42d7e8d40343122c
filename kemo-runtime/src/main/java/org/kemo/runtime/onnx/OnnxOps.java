package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LstmParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.onnx.OnnxGraph.Attribute;

/**
 * Writes each operation down as a node of an ONNX graph, opset {@value #OPSET}. Nothing is computed here; dropout and the
 * stopping of gradients are for training and leave no trace.
 */
final class OnnxOps implements Ops<GraphValue> {
    /** The first in which the axes of all reductions are inputs, which is how they are written here. */
    static final int OPSET = 18;

    private final OnnxGraph graph;
    private final GraphParameters parameters;
    private final OnnxInt8 int8;
    private final String scope;

    OnnxOps(OnnxGraph graph, GraphParameters parameters) {
        this(graph, parameters, new OnnxInt8(graph, parameters), "");
    }

    private OnnxOps(OnnxGraph graph, GraphParameters parameters, OnnxInt8 int8, String scope) {
        this.graph = graph;
        this.parameters = parameters;
        this.int8 = int8;
        this.scope = scope;
    }

    @Override
    public Shape shape(GraphValue x) {
        return x.shape();
    }

    @Override
    public GraphValue parameter(String name, Shape shape, Initializer initializer) {
        return parameters.get(scope + name, shape);
    }

    @Override
    public GraphValue constant(FloatTensor value) {
        return graph.constant(value);
    }

    @Override
    public Ops<GraphValue> scope(String inner) {
        return new OnnxOps(graph, parameters, int8, scope + inner + "/");
    }

    @Override
    public GraphValue add(GraphValue a, GraphValue b) {
        return elementWise("Add", a, b);
    }

    @Override
    public GraphValue subtract(GraphValue a, GraphValue b) {
        return elementWise("Sub", a, b);
    }

    @Override
    public GraphValue multiply(GraphValue a, GraphValue b) {
        return elementWise("Mul", a, b);
    }

    @Override
    public GraphValue divide(GraphValue a, GraphValue b) {
        return elementWise("Div", a, b);
    }

    @Override
    public GraphValue maximum(GraphValue a, GraphValue b) {
        return elementWise("Max", a, b);
    }

    @Override
    public GraphValue exp(GraphValue x) {
        return elementWise("Exp", x);
    }

    @Override
    public GraphValue log(GraphValue x) {
        return elementWise("Log", x);
    }

    @Override
    public GraphValue sqrt(GraphValue x) {
        return elementWise("Sqrt", x);
    }

    @Override
    public GraphValue sigmoid(GraphValue x) {
        return elementWise("Sigmoid", x);
    }

    @Override
    public GraphValue tanh(GraphValue x) {
        return elementWise("Tanh", x);
    }

    @Override
    public GraphValue relu(GraphValue x) {
        return elementWise("Relu", x);
    }

    @Override
    public GraphValue erf(GraphValue x) {
        return elementWise("Erf", x);
    }

    @Override
    public GraphValue softmax(GraphValue x, int axis) {
        return floats(
                "Softmax",
                x.shape(),
                List.of(x),
                Attribute.integer("axis", x.shape().axis(axis)));
    }

    @Override
    public GraphValue sum(GraphValue x, int axis) {
        return reduce("ReduceSum", x, axis);
    }

    @Override
    public GraphValue cumulativeSum(GraphValue x, int axis) {
        return alongAxis("CumSum", x.shape(), x, graph.integer(x.shape().axis(axis)));
    }

    @Override
    public GraphValue max(GraphValue x, int axis) {
        return reduce("ReduceMax", x, axis);
    }

    @Override
    public GraphValue matmul(GraphValue a, GraphValue b) {
        requireType(ElementType.FLOAT, "MatMul", a);
        if (int8.rounds(b)) {
            return int8.product(scope, a, b);
        }
        return floats("MatMul", Shape.matmul(a.shape(), b.shape()), List.of(a, b));
    }

    @Override
    public GraphValue convolution(GraphValue x, GraphValue weight, int dilation, boolean causal) {
        Shape shape = Shape.convolution(x.shape(), weight.shape(), dilation);
        long reach = (long) dilation * (weight.shape().size(0) - 1);
        long before = causal ? reach : dilation * ((weight.shape().size(0) - 1L) / 2);
        // ONNX has channels before steps, and [out, in, K].
        GraphValue convolved = floats(
                "Conv",
                shape.transpose(1, 2),
                List.of(transpose(x, 1, 2), transpose(weight, 0, 2)),
                Attribute.integers("dilations", List.of((long) dilation)),
                Attribute.integers("pads", List.of(before, reach - before)));
        return transpose(convolved, 1, 2);
    }

    @Override
    public GraphValue concat(int axis, List<GraphValue> values) {
        Shape shape = Shape.concat(axis, values.stream().map(GraphValue::shape).toList());
        ElementType type = values.get(0).type();
        values.forEach(value -> requireType(type, "Concat", value));
        return graph.node(scope, "Concat", type, shape, values, Attribute.integer("axis", shape.axis(axis)));
    }

    @Override
    public GraphValue slice(GraphValue x, int axis, int from, int to) {
        Shape shape = x.shape().slice(axis, from, to);
        return graph.node(
                scope,
                "Slice",
                x.type(),
                shape,
                List.of(x, graph.integers(from), graph.integers(to), graph.integers(shape.axis(axis))));
    }

    @Override
    public GraphValue expand(GraphValue x, int axis) {
        Shape shape = x.shape().expand(axis);
        return graph.node(scope, "Unsqueeze", x.type(), shape, List.of(x, graph.integers(shape.axis(axis))));
    }

    @Override
    public GraphValue transpose(GraphValue x, int a, int b) {
        List<Long> order = new ArrayList<>();
        for (long axis = 0; axis < x.shape().rank(); axis++) {
            order.add(axis);
        }
        Collections.swap(order, x.shape().axis(a), x.shape().axis(b));
        return graph.node(
                scope, "Transpose", x.type(), x.shape().transpose(a, b), List.of(x), Attribute.integers("perm", order));
    }

    @Override
    public GraphValue split(GraphValue x, int parts) {
        return reshape(x, x.shape().split(parts));
    }

    @Override
    public GraphValue merge(GraphValue x) {
        return reshape(x, x.shape().merge());
    }

    @Override
    public GraphValue gather(GraphValue table, GraphValue ids) {
        requireType(ElementType.FLOAT, "gather", table);
        requireType(ElementType.LONG, "gather", ids);
        if (int8.rounds(table)) {
            return int8.rows(scope, table, ids);
        }
        return graph.node(
                scope,
                "Gather",
                ElementType.FLOAT,
                Shape.gather(table.shape(), ids.shape()),
                List.of(table, ids),
                Attribute.integer("axis", 0));
    }

    @Override
    public GraphValue ids(GraphValue x) {
        requireType(ElementType.FLOAT, "ids", x);
        return graph.node(
                scope,
                "Cast",
                ElementType.LONG,
                x.shape(),
                List.of(x),
                Attribute.integer("to", OnnxMl.TensorProto.DataType.INT64_VALUE));
    }

    @Override
    public GraphValue lstm(String name, GraphValue x, GraphValue mask, int hidden, boolean backward) {
        Shape.lstm(x.shape(), mask.shape(), hidden);
        LstmParameters<GraphValue> ours =
                LstmParameters.of(this, name, x.shape().size(2), hidden);
        return new OnnxLstm(graph, parameters, scope + name + "/").apply(ours, x, mask, hidden, backward);
    }

    /** The operator that ONNX has for it, which runs as one and joins the addition before it. */
    @Override
    public GraphValue layerNorm(String name, GraphValue x, double epsilon) {
        Shape width = Shape.of(x.shape().size(-1));
        return floats(
                "LayerNormalization",
                x.shape(),
                List.of(
                        x,
                        parameter(name + "/scale", width, Initializer.constant(1)),
                        parameter(name + "/shift", width, Initializer.constant(0))),
                Attribute.integer("axis", -1),
                Attribute.number("epsilon", (float) epsilon));
    }

    @Override
    public GraphValue dropout(GraphValue x, double rate) {
        x.shape().dropout(rate);
        return x;
    }

    @Override
    public GraphValue stopGradient(GraphValue x) {
        return x;
    }

    /** Into a shape in which axes without a known size are where they were. */
    private GraphValue reshape(GraphValue x, Shape shape) {
        // To ONNX a size of 0 is that of the same axis of what is reshaped.
        long[] sizes = shape.dimensions().stream()
                .mapToLong(dimension -> dimension.isFixed() ? dimension.size() : 0)
                .toArray();
        return graph.node(scope, "Reshape", x.type(), shape, List.of(x, graph.integers(sizes)));
    }

    private GraphValue elementWise(String operator, GraphValue a, GraphValue b) {
        return floats(operator, Shape.broadcast(a.shape(), b.shape()), List.of(a, b));
    }

    private GraphValue elementWise(String operator, GraphValue x) {
        return floats(operator, x.shape(), List.of(x));
    }

    private GraphValue reduce(String operator, GraphValue x, int axis) {
        int front = x.shape().axis(axis);
        return alongAxis(operator, x.shape().drop(front), x, graph.integers(front), Attribute.integer("keepdims", 0));
    }

    /** A node that computes with floats along an axis, which is an input, too. */
    private GraphValue alongAxis(String operator, Shape shape, GraphValue x, GraphValue axis, Attribute... attributes) {
        requireType(ElementType.FLOAT, operator, x);
        return graph.node(scope, operator, ElementType.FLOAT, shape, List.of(x, axis), attributes);
    }

    /** A node whose inputs are arithmetic's: floats, as is what it gives. */
    private GraphValue floats(String operator, Shape shape, List<GraphValue> in, Attribute... attributes) {
        in.forEach(value -> requireType(ElementType.FLOAT, operator, value));
        return graph.node(scope, operator, ElementType.FLOAT, shape, in, attributes);
    }

    private static void requireType(ElementType type, String operator, GraphValue value) {
        if (value.type() != type) {
            throw new IllegalArgumentException(
                    operator + " needs values of type " + type + ", but [" + value.name() + "] is " + value.type());
        }
    }
}

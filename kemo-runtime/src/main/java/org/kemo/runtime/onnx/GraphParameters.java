package org.kemo.runtime.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;

/** The parameters of the graph that is being written, by scoped name; every one of them has to have been given. */
final class GraphParameters {
    private final OnnxGraph graph;
    private final ParameterReader values;
    private final Map<String, GraphValue> written = new HashMap<>();

    GraphParameters(OnnxGraph graph, ParameterReader values) {
        this.graph = graph;
        this.values = values;
    }

    /** Parameters that are in memory. */
    static ParameterReader of(Map<String, FloatTensor> given) {
        return (name, shape) -> {
            FloatTensor value = given.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The network asks for the parameter [" + name + "] " + shape
                        + ", and no value was given for it");
            }
            return value;
        };
    }

    /** The parameter as a value of the graph, the same one however often it is asked for. */
    GraphValue get(String name, Shape shape) {
        GraphValue value =
                written.computeIfAbsent(name, key -> graph.initializer(name, shape, () -> tensor(name, shape)));
        check(name, value.shape(), shape);
        return value;
    }

    /** Whether a value is a parameter as it was given. */
    boolean contains(GraphValue value) {
        return value.equals(written.get(value.name()));
    }

    /** The numbers of a parameter. */
    FloatTensor values(GraphValue parameter) {
        return tensor(parameter.name(), parameter.shape());
    }

    /** A parameter's numbers in the layout that an operator of ONNX wants, written once. */
    GraphValue relaid(GraphValue parameter, Shape shape, UnaryOperator<FloatTensor> layout) {
        return written.computeIfAbsent(
                parameter.name() + "#onnx",
                name -> graph.initializer(name, shape, () -> layout.apply(values(parameter))));
    }

    private FloatTensor tensor(String name, Shape shape) {
        FloatTensor value = values.read(name, shape);
        check(name, Shape.of(value.shape()), shape);
        return value;
    }

    private static void check(String name, Shape is, Shape shape) {
        if (!is.equals(shape)) {
            throw new IllegalArgumentException("The parameter [" + name + "] has the shape " + is + ", not " + shape);
        }
    }
}

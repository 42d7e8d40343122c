package org.kemo.runtime.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.ParameterValues;
import org.kemo.api.network.Shape;

/** The parameters of the graph that is being written, by scoped name; every one of them has to have been given. */
final class GraphParameters {
    private final OnnxGraph graph;
    private final ParameterValues values;
    private final Map<String, GraphValue> written = new HashMap<>();

    GraphParameters(OnnxGraph graph, Map<String, FloatTensor> given) {
        this.graph = graph;
        // Nothing is drawn, so the seed decides nothing.
        this.values = new ParameterValues(given, 0);
    }

    /** The parameter as a value of the graph, the same one however often it is asked for. */
    GraphValue get(String name, Shape shape) {
        FloatTensor tensor = tensor(name, shape);
        return written.computeIfAbsent(name, key -> graph.initializer(name, tensor));
    }

    /** A parameter's numbers in the layout that an operator of ONNX wants, written once. */
    GraphValue relaid(GraphValue parameter, UnaryOperator<FloatTensor> layout) {
        FloatTensor tensor = tensor(parameter.name(), parameter.shape());
        return written.computeIfAbsent(
                parameter.name() + "#onnx", name -> graph.initializer(name, layout.apply(tensor)));
    }

    private FloatTensor tensor(String name, Shape shape) {
        return values.get(name, shape, (unset, sizes, random) -> {
            throw new IllegalArgumentException(
                    "The network asks for the parameter [" + name + "] " + shape + ", and no value was given for it");
        });
    }
}

package org.kemo.runtime.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelPrecision;
import org.kemo.runtime.onnx.OnnxGraph.Attribute;

/**
 * Products and look-ups whose parameter is an {@link Int8Matrix}, in the form of ONNX Runtime's dynamic quantisation, which runs a product as
 * one operator (Jacob et al., 2018, section 2.2, with ranges that are taken while the model runs).
 */
final class OnnxInt8 {
    /** Smaller parameters stay as they are: rounding what is multiplied by them would cost more than it saves. */
    private static final int SMALL = 256;

    private static final Attribute FIRST_AXIS = Attribute.integer("axis", 0);

    private final OnnxGraph graph;
    private final GraphParameters parameters;
    private final Map<String, Rounded> tables = new HashMap<>();
    private final Map<String, Integer> products = new HashMap<>();

    /** A matrix in the graph. */
    private record Rounded(GraphValue values, GraphValue scales) {}

    OnnxInt8(OnnxGraph graph, GraphParameters parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    /** Whether a factor or a table is a parameter that is rounded. */
    boolean rounds(GraphValue value) {
        return graph.precision() == ModelPrecision.INT8
                && parameters.contains(value)
                && value.shape().rank() == 2
                && (long) value.shape().size(0) * value.shape().size(1) >= SMALL;
    }

    /**
     * x W is nearly (q_x - z_x) q_W s_x s_W, with q_x from 0 to 255 and one scale and zero point for all of x.
     *
     * @param x [.., in]
     * @param weight [in, out]
     * @return [.., out]
     */
    GraphValue product(String scope, GraphValue x, GraphValue weight) {
        Shape shape = Shape.matmul(x.shape(), weight.shape());
        // For exact sums ONNX Runtime turns weights and zero points into others, and fails on what two products share.
        int product = products.merge(weight.name(), 1, Integer::sum);
        String name = weight.name() + "#columns" + (product == 1 ? "" : product);
        Rounded matrix = rounded(name, weight, Shape.of(weight.shape().size(1)), Int8Matrix::byColumn);
        GraphValue zero =
                graph.initializer(name + "/zero", ElementType.LONG, Shape.SCALAR, TensorNumbers.int8(new byte[1]));
        List<GraphValue> rounded = graph.node(
                scope,
                "DynamicQuantizeLinear",
                List.of(x),
                List.of(
                        new GraphValue("values", ElementType.LONG, x.shape()),
                        new GraphValue("scale", ElementType.FLOAT, Shape.SCALAR),
                        new GraphValue("zero", ElementType.LONG, Shape.SCALAR)));
        GraphValue sums = graph.node(
                scope,
                "MatMulInteger",
                ElementType.LONG,
                shape,
                List.of(rounded.get(0), matrix.values(), rounded.get(2), zero));
        // In this order, scales first, ONNX Runtime knows the form.
        GraphValue scales = floats(scope, "Mul", matrix.scales().shape(), List.of(rounded.get(1), matrix.scales()));
        return floats(scope, "Mul", shape, List.of(cast(scope, sums), scales));
    }

    /**
     * Rows of a table, each times its scale.
     *
     * @param table [V, d]
     * @param ids [..]
     * @return [.., d]
     */
    GraphValue rows(String scope, GraphValue table, GraphValue ids) {
        Shape shape = Shape.gather(table.shape(), ids.shape());
        Rounded matrix = tables.computeIfAbsent(
                table.name(),
                name -> rounded(name + "#rows", table, Shape.of(table.shape().size(0), 1), Int8Matrix::byRow));
        GraphValue values =
                graph.node(scope, "Gather", ElementType.LONG, shape, List.of(matrix.values(), ids), FIRST_AXIS);
        GraphValue scales = floats(scope, "Gather", ids.shape().with(1), List.of(matrix.scales(), ids), FIRST_AXIS);
        return floats(scope, "Mul", shape, List.of(cast(scope, values), scales));
    }

    private Rounded rounded(String name, GraphValue parameter, Shape scales, Function<FloatTensor, Int8Matrix> by) {
        Int8Matrix matrix = by.apply(parameters.values(parameter));
        return new Rounded(
                graph.initializer(name, ElementType.LONG, parameter.shape(), TensorNumbers.int8(matrix.values())),
                graph.initializer(name + "/scales", ElementType.FLOAT, scales, TensorNumbers.float32(matrix.scales())));
    }

    private GraphValue cast(String scope, GraphValue whole) {
        return floats(scope, "Cast", whole.shape(), List.of(whole), Attribute.TO_FLOAT);
    }

    private GraphValue floats(
            String scope, String operator, Shape shape, List<GraphValue> in, Attribute... attributes) {
        return graph.node(scope, operator, ElementType.FLOAT, shape, in, attributes);
    }
}

package org.kemo.runtime.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LstmParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.onnx.OnnxGraph.Attribute;

/**
 * {@link Ops#lstm} as ONNX's operator LSTM, which has the same cell and another order of everything: time first, weights
 * transposed and under a leading axis for directions, gates in the order input, output, forget, cell, and two biases of
 * which the second is 0 here.
 */
final class OnnxLstm {
    /** Where ONNX's gates i, o, f, c stand among ours: i, f, g, o. */
    private static final int[] GATES = {0, 3, 1, 2};

    private static final Attribute TO_INT32 = Attribute.integer("to", OnnxMl.TensorProto.DataType.INT32_VALUE);
    private static final Attribute SWAP_BATCH_AND_TIME = Attribute.integers("perm", List.of(1L, 0L, 2L));

    private final OnnxGraph graph;
    private final GraphParameters parameters;
    private final String scope;

    /**
     * The operator's surroundings.
     *
     * @param scope what the names of its nodes begin with
     */
    OnnxLstm(OnnxGraph graph, GraphParameters parameters, String scope) {
        this.graph = graph;
        this.parameters = parameters;
        this.scope = scope;
    }

    GraphValue apply(LstmParameters<GraphValue> ours, GraphValue x, GraphValue mask, int hidden, boolean backward) {
        Shape batchFirst = Shape.lstm(x.shape(), mask.shape(), hidden);
        Shape timeFirst = batchFirst.transpose(0, 1);
        int units = 4 * hidden;
        GraphValue input = node("Transpose", x.shape().transpose(0, 1), List.of(x), SWAP_BATCH_AND_TIME);
        GraphValue output = node(
                "LSTM",
                timeFirst.expand(1),
                List.of(
                        input,
                        parameters.relaid(
                                ours.input(), Shape.of(1, units, x.shape().size(2)), OnnxLstm::weights),
                        parameters.relaid(ours.hidden(), Shape.of(1, units, hidden), OnnxLstm::weights),
                        parameters.relaid(ours.bias(), Shape.of(1, 2 * units), OnnxLstm::biases),
                        lengths(mask)),
                Attribute.integer("hidden_size", hidden),
                Attribute.text("direction", backward ? "reverse" : "forward"));
        GraphValue oneDirection = node("Squeeze", timeFirst, List.of(output, graph.integers(1)));
        GraphValue steps = node("Transpose", batchFirst, List.of(oneDirection), SWAP_BATCH_AND_TIME);
        GraphValue real = node("Unsqueeze", mask.shape().expand(-1), List.of(mask, graph.integers(2)));
        return node("Mul", batchFirst, List.of(steps, real));
    }

    /** The number of real steps, [N], int32. A row without any counts as one step, which the mask takes away again. */
    private GraphValue lengths(GraphValue mask) {
        Shape batch = mask.shape().drop(1);
        GraphValue counted =
                node("ReduceSum", batch, List.of(mask, graph.integers(1)), Attribute.integer("keepdims", 0));
        GraphValue atLeastOne = node("Max", batch, List.of(counted, graph.constant(FloatTensor.scalar(1))));
        return graph.node(scope, "Cast", ElementType.LONG, batch, List.of(atLeastOne), TO_INT32);
    }

    /** From [in, 4 hidden] to [1, 4 hidden, in]. */
    private static FloatTensor weights(FloatTensor ours) {
        int in = ours.size(0);
        int units = ours.size(1);
        float[] theirs = new float[ours.count()];
        for (int unit = 0; unit < units; unit++) {
            for (int i = 0; i < in; i++) {
                theirs[unit * in + i] = ours.at(i, ourUnit(unit, units / 4));
            }
        }
        return FloatTensor.of(theirs, 1, units, in);
    }

    /** From [4 hidden] to [1, 8 hidden]. */
    private static FloatTensor biases(FloatTensor ours) {
        int units = ours.size(0);
        float[] theirs = new float[2 * units];
        for (int unit = 0; unit < units; unit++) {
            theirs[unit] = ours.at(ourUnit(unit, units / 4));
        }
        return FloatTensor.of(theirs, 1, 2 * units);
    }

    private static int ourUnit(int theirs, int hidden) {
        return GATES[theirs / hidden] * hidden + theirs % hidden;
    }

    private GraphValue node(String operator, Shape shape, List<GraphValue> in, Attribute... attributes) {
        return graph.node(scope, operator, ElementType.FLOAT, shape, in, attributes);
    }
}

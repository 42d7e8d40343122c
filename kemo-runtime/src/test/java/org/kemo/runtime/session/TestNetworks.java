package org.kemo.runtime.session;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.runtime.files.WholeFile;
import org.kemo.runtime.onnx.OnnxNetwork;

/** Networks to make small real models of. */
final class TestNetworks {
    private TestNetworks() {}

    /** Writes a model of a network whose parameters begin with this seed. */
    static Path write(Network network, long seed, Path file) {
        WholeFile.write(
                file,
                OnnxNetwork.of("test", "seed " + seed, network, NetworkParameters.of(network, Map.of(), seed))
                        .bytes());
        return file;
    }

    /** Two directions over [N, L, 4] with a mask, and a mean: quick, and every number counts. */
    record Recurrent() implements Network {
        @Override
        public List<Input> inputs() {
            Shape sequence = Shape.of(Dimension.BATCH, Dimension.named("L"));
            return List.of(
                    new Input("frames", ElementType.FLOAT, sequence.with(4)),
                    new Input("mask", ElementType.FLOAT, sequence),
                    new Input("speaker", ElementType.LONG, Shape.of(Dimension.BATCH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> in) {
            T states = ops.bidirectionalLstm("lstm", in.get("frames"), in.get("mask"), 5);
            return Map.of("pooled", ops.maskedMean(states, in.get("mask")));
        }
    }

    /**
     * Many products of matrices, one after the other: a row goes through in a moment, 50,000 rows take a thread a minute
     * or more on any machine. ONNX Runtime can end it between any two.
     */
    record Slow() implements Network {
        /** With so many, a run takes minutes. */
        static final int ROWS_FOR_MINUTES = 50_000;

        private static final int WIDTH = 256;
        private static final int PRODUCTS = 1000;

        @Override
        public List<Input> inputs() {
            return List.of(new Input(
                    "rows", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(WIDTH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> in) {
            T weight = ops.parameter("weight", Shape.of(WIDTH, WIDTH), Initializer.constant(1.0 / WIDTH));
            T x = in.get("rows");
            for (int i = 0; i < PRODUCTS; i++) {
                x = ops.matmul(x, weight);
            }
            return Map.of("y", x);
        }

        /** So many rows of ones, which are their own product. */
        static Map<String, FloatTensor> rows(int count) {
            FloatTensor rows = FloatTensor.zeros(count, WIDTH);
            Arrays.fill(rows.values(), 1);
            return Map.of("rows", rows);
        }
    }
}

package org.kemo.transformertext;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.Weights;

/**
 * The last layers of a transformer and what stands behind them, to be trained further (Howard and Ruder, 2018): the layers before them
 * gave the hidden states that this network reads.
 *
 * @param layers that are trained
 * @param behind pooling, Dense layers and normalisation
 * @param weightsFile with the published values
 * @param files reads it
 */
record TunedTransformer(TransformerLayers layers, SentenceLayers behind, Path weightsFile, ModelFiles files)
        implements NetworkEncoder {
    /** As torch's normalize bounds it, squared. */
    private static final double SHORTEST = 1e-24;

    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T states = layers.apply(ops, input.values(), input.mask());
        T vector = behind.pooling().pool(ops, states, input.mask());
        for (int i = 0; i < behind.dense().size(); i++) {
            vector = dense(ops, DenseLayer.SCOPE + i, behind.dense().get(i), vector);
        }
        if (behind.normalize()) {
            T squares = ops.expand(ops.sum(ops.multiply(vector, vector), -1), -1);
            vector = ops.divide(vector, ops.sqrt(ops.maximum(squares, ops.constant(SHORTEST))));
        }
        return new Encoded<>(new Sequence<>(states, input.mask()), vector);
    }

    private static <T> T dense(Ops<T> ops, String name, DenseLayer layer, T x) {
        FloatTensor weight = TensorNames.transposed(layer.weight());
        T product = ops.matmul(x, ops.parameter(name + "/weight", Shape.of(weight.shape()), Initializer.of(weight)));
        T sum = ops.add(product, ops.parameter(name + "/bias", Shape.of(layer.width()), Initializer.of(layer.bias())));
        return layer.tanh() ? ops.tanh(sum) : sum;
    }

    @Override
    public Map<String, FloatTensor> pretrained() {
        Map<String, FloatTensor> published = new LinkedHashMap<>();
        try (Weights weights = files.weights(weightsFile)) {
            TensorNames names =
                    new TensorNames(weightsFile, weights, layers.architecture().family());
            NetworkParameters.shapes(new Alone(this)).forEach((name, shape) -> {
                if (!name.startsWith(DenseLayer.SCOPE)) {
                    published.put(name, names.read(name, shape));
                }
            });
        }
        // Dense layers begin with their published values by themselves.
        return NetworkParameters.of(new Alone(this), published, 0);
    }

    /** The encoder as a network, to ask for its parameters. */
    private record Alone(TunedTransformer encoder) implements Network {
        @Override
        public List<Input> inputs() {
            Shape steps = Shape.of(Dimension.BATCH, Dimension.named("T"));
            int width = encoder.layers().architecture().width();
            return List.of(
                    new Input("values", ElementType.FLOAT, steps.with(width)),
                    new Input("mask", ElementType.FLOAT, steps));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            Sequence<T> input = new Sequence<>(inputs.get("values"), inputs.get("mask"));
            return Map.of("pooled", encoder.encode(ops, input).pooled());
        }
    }
}

package org.kemo.transformertext;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;
import org.kemo.api.service.Weights;

/**
 * BERT with the head that it was trained with: which word stands where the text says [MASK] (Devlin et al., 2019, 3.1). The
 * output is {@code logits} [N, L, V].
 */
record MaskedWords(TransformerNetwork encoder) implements Network {
    @Override
    public List<Input> inputs() {
        return encoder.inputs();
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        Architecture architecture = encoder.architecture();
        Shape table = Shape.of(architecture.vocabulary(), architecture.width());
        T states = encoder.forward(ops, inputs).get(ModelInputs.STATES);
        T dense = ops.gelu(ops.linear("predictions/dense", states, architecture.width()));
        T x = ops.layerNorm("predictions/norm", dense, architecture.epsilon());
        T words = ops.transpose(ops.parameter(TransformerNetwork.WORDS, table, Initializer.normal(0.02)), 0, 1);
        T bias = ops.parameter("predictions/bias", Shape.of(architecture.vocabulary()), Initializer.constant(0));
        return Map.of("logits", ops.add(ops.matmul(x, words), bias));
    }

    /** Finds the head's parameters beside the encoder's. */
    static ParameterReader parameters(Path file, Weights weights) {
        ParameterReader encoder = new TensorNames(file, weights, Architecture.Family.BERT);
        return (name, shape) -> switch (name) {
            case "predictions/dense/weight" -> TensorNames.transposed(head(weights, "transform.dense.weight"));
            case "predictions/dense/bias" -> head(weights, "transform.dense.bias");
            case "predictions/norm/scale" -> head(weights, "transform.LayerNorm.weight");
            case "predictions/norm/shift" -> head(weights, "transform.LayerNorm.bias");
            case "predictions/bias" -> head(weights, "bias");
            default -> encoder.read(name, shape);
        };
    }

    private static FloatTensor head(Weights weights, String name) {
        return weights.read("cls.predictions." + name);
    }
}

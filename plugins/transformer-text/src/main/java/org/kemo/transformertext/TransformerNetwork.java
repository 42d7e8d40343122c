package org.kemo.transformertext;

import java.util.List;
import java.util.Map;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * A transformer's encoder: word and position vectors, those of the first token type where the model has types, and the layers. Inputs
 * are {@code input_ids} [N, L], {@code attention_mask} [N, L] (1 for real tokens) and {@code position_ids} [N, L]; the output
 * is {@code last_hidden_state} [N, L, d].
 *
 * @param architecture its shape
 * @param layers how many of its layers are applied, from the first; behind the last one stands the last normalisation
 */
record TransformerNetwork(Architecture architecture, int layers) implements Network {
    /** The parameter with the word vectors, [V, d]. */
    static final String WORDS = "embeddings/words";

    @Override
    public List<Input> inputs() {
        Shape tokens = Shape.of(Dimension.BATCH, Dimension.named("L"));
        return List.of(
                new Input(ModelInputs.IDS, ElementType.LONG, tokens),
                new Input(ModelInputs.MASK, ElementType.FLOAT, tokens),
                new Input(ModelInputs.POSITIONS, ElementType.LONG, tokens));
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        T x = embeddings(ops, inputs.get(ModelInputs.IDS), inputs.get(ModelInputs.POSITIONS));
        TransformerLayers applied = new TransformerLayers(architecture, 0, layers, 0);
        return Map.of(ModelInputs.STATES, applied.apply(ops, x, inputs.get(ModelInputs.MASK)));
    }

    /** What the first layer reads, [N, L, d]. */
    <T> T embeddings(Ops<T> ops, T ids, T positions) {
        T words = ops.gather(table(ops, WORDS, architecture.vocabulary()), ids);
        if (architecture.embeddingScale() != 1) {
            words = ops.multiply(words, ops.constant(architecture.embeddingScale()));
        }
        T sum = ops.add(words, ops.gather(table(ops, "embeddings/positions", architecture.positions()), positions));
        if (architecture.types() > 0) {
            T first = ops.slice(table(ops, "embeddings/types", architecture.types()), 0, 0, 1);
            sum = ops.add(sum, first);
        }
        return ops.layerNorm("embeddings/norm", sum, architecture.epsilon());
    }

    private <T> T table(Ops<T> ops, String name, int rows) {
        return ops.parameter(name, Shape.of(rows, architecture.width()), Initializer.normal(0.02));
    }
}

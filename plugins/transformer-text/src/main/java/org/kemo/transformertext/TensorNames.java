package org.kemo.transformertext;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;
import org.kemo.api.service.Weights;

/**
 * Finds the parameters of a {@link TransformerNetwork} among tensors with the names that the reference library gives them, and lays
 * them as Kemo's layers have them: the matrix of a linear layer is [out, in] there and [in, out] here.
 */
final class TensorNames implements ParameterReader {
    private final Path file;
    private final Weights weights;
    private final Architecture.Family family;
    private final String prefix;

    /**
     * Looks where the encoder begins: it may stand alone or inside a model with a head.
     *
     * @param file that the weights are of, for messages
     * @throws KemoException category PLUGIN, where there is none
     */
    TensorNames(Path file, Weights weights, Architecture.Family family) {
        this.file = file;
        this.weights = weights;
        this.family = family;
        Set<String> names = weights.names();
        String sign = sign(family, 0);
        this.prefix = prefixes(family).stream()
                .filter(candidate -> names.contains(candidate + sign))
                .findFirst()
                .orElseThrow(() -> KemoException.plugin(
                        "The weights in [" + file + "] hold no tensor [" + sign + "].",
                        "Use the weights of a model of the kind that its config.json names."));
    }

    /**
     * Checks that the weights have no more layers than are read, or the vectors would be those of a model cut short.
     *
     * @param layers that config.json describes
     * @throws KemoException category PLUGIN, where there are more
     */
    void requireNoneBehind(int layers) {
        String behind = prefix + sign(family, layers);
        if (weights.names().contains(behind)) {
            throw KemoException.plugin(
                    "The weights in [" + file + "] hold the tensor [" + behind + "], and config.json describes ["
                            + layers + "] layers.",
                    "Use weights and config.json of one model.");
        }
    }

    /** A tensor that every layer has. */
    private static String sign(Architecture.Family family, int layer) {
        return layer(family, layer) + own(family, "layer/attention/query") + ".weight";
    }

    private static List<String> prefixes(Architecture.Family family) {
        return switch (family) {
            case BERT -> List.of("", "bert.");
            case ROBERTA -> List.of("", "roberta.", "camembert.");
            case MBART -> List.of("", "encoder.", "model.encoder.");
        };
    }

    @Override
    public FloatTensor read(String name, Shape shape) {
        boolean turned = name.endsWith("/weight");
        FloatTensor tensor = weights.read(tensorName(name));
        Shape is = Shape.of(tensor.shape());
        Shape expected = turned ? shape.transpose(0, 1) : shape;
        if (!is.equals(expected)) {
            throw KemoException.plugin(
                    "The tensor [" + tensorName(name) + "] in [" + file + "] is " + is + ", and config.json describes "
                            + expected + ".",
                    "Use weights and config.json of one model.");
        }
        return turned ? transposed(tensor) : tensor;
    }

    private String tensorName(String name) {
        if (name.equals(TransformerNetwork.WORDS) && family == Architecture.Family.MBART) {
            return words();
        }
        int layer = name.startsWith("layer") ? name.indexOf('/') : -1;
        String inside = layer < 0 ? "" : layer(family, Integer.parseInt(name.substring("layer".length(), layer)));
        String rest = name.substring(layer + 1);
        int last = rest.lastIndexOf('/');
        return switch (rest) {
            case TransformerNetwork.WORDS -> prefix + "embeddings.word_embeddings.weight";
            case "embeddings/positions" ->
                prefix
                        + (family == Architecture.Family.MBART
                                ? "embed_positions.weight"
                                : "embeddings.position_embeddings.weight");
            case "embeddings/types" -> prefix + "embeddings.token_type_embeddings.weight";
            default -> {
                String owner = prefix + inside + own(family, (layer < 0 ? "" : "layer/") + rest.substring(0, last));
                yield owner + "." + role(owner, rest.substring(last + 1));
            }
        };
    }

    /** The word vectors of a sequence-to-sequence model are shared with its decoder, and then written down once. */
    private String words() {
        String outer = prefix.substring(0, prefix.length() - (prefix.isEmpty() ? 0 : "encoder.".length()));
        return List.of(prefix + "embed_tokens.weight", outer + "shared.weight", outer + "decoder.embed_tokens.weight")
                .stream()
                .filter(weights.names()::contains)
                .findFirst()
                .orElse(outer + "shared.weight");
    }

    private static String layer(Architecture.Family family, int index) {
        return (family == Architecture.Family.MBART ? "layers." : "encoder.layer.") + index + ".";
    }

    /** What the reference library calls a part of the network. */
    private static String own(Architecture.Family family, String part) {
        String inLayer = part.startsWith("layer/") ? part.substring("layer/".length()) : part;
        if (family == Architecture.Family.MBART) {
            return switch (part) {
                case "embeddings/norm" -> "layernorm_embedding";
                case "norm" -> "layer_norm";
                default ->
                    switch (inLayer) {
                        case "attention/query" -> "self_attn.q_proj";
                        case "attention/key" -> "self_attn.k_proj";
                        case "attention/value" -> "self_attn.v_proj";
                        case "attention/output" -> "self_attn.out_proj";
                        case "attention/norm" -> "self_attn_layer_norm";
                        case "inner" -> "fc1";
                        case "output" -> "fc2";
                        default -> "final_layer_norm";
                    };
            };
        }
        return switch (part) {
            case "embeddings/norm" -> "embeddings.LayerNorm";
            default ->
                switch (inLayer) {
                    case "attention/query" -> "attention.self.query";
                    case "attention/key" -> "attention.self.key";
                    case "attention/value" -> "attention.self.value";
                    case "attention/output" -> "attention.output.dense";
                    case "attention/norm" -> "attention.output.LayerNorm";
                    case "inner" -> "intermediate.dense";
                    case "output" -> "output.dense";
                    default -> "output.LayerNorm";
                };
        };
    }

    /** Checkpoints of 2018 and 2019 call the parameters of a layer normalisation as its paper does. */
    private String role(String owner, String role) {
        return switch (role) {
            case "scale" -> weights.names().contains(owner + ".gamma") ? "gamma" : "weight";
            case "shift" -> weights.names().contains(owner + ".beta") ? "beta" : "bias";
            default -> role;
        };
    }

    /** [out, in] as [in, out]. */
    static FloatTensor transposed(FloatTensor tensor) {
        int rows = tensor.size(0);
        int columns = tensor.size(1);
        float[] from = tensor.values();
        float[] to = new float[from.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[row * columns + column];
            }
        }
        return FloatTensor.of(to, columns, rows);
    }
}

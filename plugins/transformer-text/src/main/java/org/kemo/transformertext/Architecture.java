package org.kemo.transformertext;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kemo.api.KemoException;

/**
 * The shape of a transformer's encoder, as {@code config.json} says it.
 *
 * @param family which kind of transformer it is
 * @param vocabulary rows of the table of words
 * @param width d of the hidden states
 * @param layers how many
 * @param heads of the attention of each layer
 * @param inner width between the two matrices of a layer's feed-forward part
 * @param positions rows of the table of positions
 * @param types rows of the table of token types; 0 where there is none
 * @param padding the id of the token for padding, from which some families count positions
 * @param epsilon of the layer normalisations
 * @param embeddingScale what word vectors are multiplied by
 */
record Architecture(
        Family family,
        int vocabulary,
        int width,
        int layers,
        int heads,
        int inner,
        int positions,
        int types,
        int padding,
        double epsilon,
        double embeddingScale) {
    private static final String ACTIVATION = "gelu";
    private static final String POSITIONS = "absolute";
    private static final String ATTENTION = "attention to both sides";

    /** What to do where there is no network. */
    private static final String EXPORT =
            "Name a folder as [file:PATH] that has an ONNX export of the model as [onnx/model.onnx] beside this file";

    /** Kinds of transformers. */
    enum Family {
        /** Post-norm; positions from 0 (Devlin et al., 2019). */
        BERT,
        /** As BERT, with positions counted from the one behind the id of padding (Liu et al., 2019; Conneau et al., 2020). */
        ROBERTA,
        /** The encoder of a pre-norm sequence-to-sequence model, with a last normalisation; positions from 2 (Liu et al., 2020). */
        MBART;

        /** The first position that a token can have. */
        int firstPosition(int padding) {
            return switch (this) {
                case BERT -> 0;
                case ROBERTA -> padding + 1;
                case MBART -> 2;
            };
        }
    }

    /** By what {@code model_type} says. */
    private static final Map<String, Family> FAMILIES = Map.of(
            "bert", Family.BERT,
            "roberta", Family.ROBERTA,
            "xlm-roberta", Family.ROBERTA,
            "camembert", Family.ROBERTA,
            "mbart", Family.MBART);

    /**
     * Reads {@code config.json} for a network.
     *
     * @throws KemoException category PLUGIN, where it describes what Kemo has no network for
     */
    static Architecture of(JsonFile config) {
        Family family = family(config)
                .orElseThrow(() -> KemoException.plugin(
                        "The model_type [" + type(config) + "] in [" + config.file() + "] is not known.",
                        EXPORT + ", or use a model of one of the types " + new TreeSet<>(modelTypes()) + "."));
        Architecture architecture = family == Family.MBART ? mbart(config) : bert(config, family);
        require(config, activation(config, family), ACTIVATION);
        require(config, positionsOf(config), POSITIONS);
        require(config, attention(config, family), ATTENTION);
        if (architecture.width % architecture.heads != 0) {
            throw JsonFile.wrong(
                    config.file(),
                    "describes [" + architecture.heads + "] heads of a width of [" + architecture.width + "]");
        }
        return architecture;
    }

    /** d of the hidden states, whatever type of model it is; empty where it is not said. */
    static Optional<Integer> declaredWidth(JsonFile config) {
        return Stream.of("hidden_size", "d_model", "dim")
                .flatMap(key -> config.number(key).stream())
                .filter(width -> width > 0)
                .findFirst();
    }

    /** The id of the token for padding; that which is usual for the type of model, where nothing is said. */
    static int padding(JsonFile config) {
        Family family = family(config).orElse(Family.BERT);
        return config.number("pad_token_id").orElse(family == Family.BERT ? 0 : 1);
    }

    /** The first position that a token can have; 0 for types of models that are not known. */
    static int firstPosition(JsonFile config) {
        return family(config)
                .map(family -> family.firstPosition(padding(config)))
                .orElse(0);
    }

    /** The most tokens that a text may have; empty where it is not said. */
    static Optional<Integer> longest(JsonFile config) {
        boolean countsFromPadding =
                family(config).filter(family -> family == Family.ROBERTA).isPresent();
        return config.number("max_position_embeddings")
                .map(positions -> countsFromPadding ? positions - firstPosition(config) : positions)
                .filter(tokens -> tokens > 0);
    }

    private static Optional<Family> family(JsonFile config) {
        return Optional.ofNullable(FAMILIES.get(type(config)));
    }

    private static String type(JsonFile config) {
        return config.text("model_type").orElse("");
    }

    /** What {@code model_type} says of those models that {@link #of} has a network for. */
    static Set<String> modelTypes() {
        return FAMILIES.keySet();
    }

    /** Whether {@link #of} has a network for models of its type, with its activation, positions and attention. */
    static boolean isKnown(JsonFile config) {
        return family(config)
                .filter(family -> activation(config, family).equals(ACTIVATION)
                        && positionsOf(config).equals(POSITIONS)
                        && attention(config, family).equals(ATTENTION))
                .isPresent();
    }

    private static String activation(JsonFile config, Family family) {
        return config.text(family == Family.MBART ? "activation_function" : "hidden_act")
                .orElse(ACTIVATION);
    }

    private static String positionsOf(JsonFile config) {
        return config.text("position_embedding_type").orElse(POSITIONS);
    }

    /** A decoder looks back only; what a sequence-to-sequence model says of itself is not about its encoder. */
    private static String attention(JsonFile config, Family family) {
        return family != Family.MBART && config.flag("is_decoder") ? "is_decoder: true" : ATTENTION;
    }

    private static Architecture bert(JsonFile config, Family family) {
        return new Architecture(
                family,
                config.size("vocab_size"),
                config.size("hidden_size"),
                config.size("num_hidden_layers"),
                config.size("num_attention_heads"),
                config.size("intermediate_size"),
                config.size("max_position_embeddings"),
                config.size("type_vocab_size"),
                padding(config),
                config.decimal("layer_norm_eps").orElse(1e-12),
                1);
    }

    private static Architecture mbart(JsonFile config) {
        int width = config.size("d_model");
        int offset = Family.MBART.firstPosition(0);
        return new Architecture(
                Family.MBART,
                config.size("vocab_size"),
                width,
                config.size("encoder_layers"),
                config.size("encoder_attention_heads"),
                config.size("encoder_ffn_dim"),
                config.size("max_position_embeddings") + offset,
                0,
                padding(config),
                1e-5,
                config.flag("scale_embedding") ? Math.sqrt(width) : 1);
    }

    private static void require(JsonFile config, String said, String needed) {
        if (!said.equals(needed)) {
            throw KemoException.plugin(
                    "The file [" + config.file() + "] says [" + said + "], and Kemo's network has [" + needed + "].",
                    EXPORT + ".");
        }
    }

    /** The first position that a token can have. */
    int firstPosition() {
        return family.firstPosition(padding);
    }
}

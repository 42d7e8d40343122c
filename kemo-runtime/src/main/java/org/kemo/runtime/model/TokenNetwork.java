package org.kemo.runtime.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.LabelAlignment;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * A model of text from the ids of tokens to its answer. Inputs are {@value #IDS} [N, L] and {@value #MASK} [N, L], 1 for real tokens and
 * 0 for padding, both of type LONG; outputs are {@value EmotionNetwork#PROBABILITIES} and {@value #LOGITS}, [N, C] in the classes of
 * the model. Parameters have the names that they have in the model's {@link EmotionNetwork}.
 *
 * @param modality whose encoder reads ids
 */
record TokenNetwork(ModalityNetwork modality) implements Network {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String LOGITS = "logits";

    /**
     * The network of a trained modality.
     *
     * @param trained on what the pretrained encoder gave
     * @param encoder that encoder with the layers that were trained further
     */
    static TokenNetwork of(ModalityNetwork trained, NetworkEncoder encoder) {
        return new TokenNetwork(new ModalityNetwork(
                trained.modality(),
                ElementType.LONG,
                1,
                List.of(),
                Optional.empty(),
                trained.standardisation()
                        .<NetworkEncoder>map(by -> new Standardised(encoder, by))
                        .orElse(encoder),
                trained.dropout(),
                trained.alignment()));
    }

    @Override
    public List<Input> inputs() {
        Shape tokens = Shape.of(Dimension.BATCH, Dimension.named("L"));
        return List.of(new Input(IDS, ElementType.LONG, tokens), new Input(MASK, ElementType.LONG, tokens));
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        // The mask as numbers: rows of a table that holds just those.
        T mask = ops.sum(ops.gather(ops.constant(FloatTensor.of(new float[] {0, 1}, 2, 1)), inputs.get(MASK)), -1);
        Map<String, T> own = new LinkedHashMap<>();
        ModalityView<T> view =
                modality.forward(ops, Map.of(modality.values(), inputs.get(IDS), modality.mask(), mask), own);
        Map<String, T> outputs = new LinkedHashMap<>();
        outputs.put(EmotionNetwork.PROBABILITIES, view.probabilities());
        outputs.put(LOGITS, isOneToOne(modality.alignment()) ? own.get(modality.logits()) : view.logits());
        return outputs;
    }

    /** Whether the modality's own classes are those of the model. */
    private static boolean isOneToOne(LabelAlignment alignment) {
        return alignment.from().equals(alignment.to())
                && alignment.map().entrySet().stream()
                        .allMatch(entry -> entry.getKey().equals(entry.getValue()));
    }

    /** An encoder whose vectors are standardised behind it. */
    private record Standardised(NetworkEncoder encoder, Standardisation by) implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            Encoded<T> encoded = encoder.encode(ops, input);
            return new Encoded<>(encoded.sequence(), by.apply(ops, encoded.pooled()));
        }
    }
}

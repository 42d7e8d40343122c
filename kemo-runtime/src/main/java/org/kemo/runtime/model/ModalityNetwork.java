package org.kemo.runtime.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.LabelAlignment;
import org.kemo.api.Modality;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.fusion.ModalityView;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * The trainable part of one modality: standardisation, encoder and softmax classifier (eqs. 3 and 5 of the paper), and the
 * alignment of its classes to the model's. Its inputs are {@code NAME.values} [N, NAME.T, D], {@code NAME.mask} [N, NAME.T]
 * and {@code NAME.cue.CUE} [N, 1]; a row of the mask that is 0 throughout is a missing modality.
 *
 * @param modality which it is; the scope of its parameters
 * @param type FLOAT for features, LONG for ids
 * @param width the width D of a step
 * @param cues the names of its cues
 * @param standardisation of features; none for ids
 * @param encoder the encoder
 * @param dropout before the classifier
 * @param alignment from its own classes to the model's
 */
public record ModalityNetwork(
        Modality modality,
        ElementType type,
        int width,
        List<String> cues,
        Optional<Standardisation> standardisation,
        NetworkEncoder encoder,
        double dropout,
        LabelAlignment alignment) {
    private static final String ENCODER = "encoder";

    /** Copies the list. */
    public ModalityNetwork {
        cues = List.copyOf(cues);
    }

    /** The same with another encoder. */
    ModalityNetwork with(NetworkEncoder other) {
        return new ModalityNetwork(modality, type, width, cues, standardisation, other, dropout, alignment);
    }

    /** The scope of the encoder's parameters. */
    public String encoderScope() {
        return modality + "/" + ENCODER;
    }

    /** The name of the input that holds the features or ids. */
    public String values() {
        return modality + ".values";
    }

    /** The name of the input that holds the mask. */
    public String mask() {
        return modality + ".mask";
    }

    /** The name of the input that holds a cue. */
    public String cue(String cue) {
        return modality + ".cue." + cue;
    }

    /** The name of the output with the probabilities of its own classes, [N, C_native]. */
    public String probabilities() {
        return probabilities(modality);
    }

    static String probabilities(Modality modality) {
        return modality + ".probabilities";
    }

    /** The name of the output with the probabilities of the model's classes, [N, C]. */
    public String aligned() {
        return modality + ".aligned";
    }

    /** The name of the value that training reads: logits of its own classes, [N, C_native]. */
    public String logits() {
        return modality + ".logits";
    }

    List<Network.Input> inputs() {
        Shape steps = Shape.of(Dimension.BATCH, Dimension.named(modality + ".T"));
        List<Network.Input> inputs = new ArrayList<>();
        inputs.add(new Network.Input(values(), type, steps.with(width)));
        inputs.add(new Network.Input(mask(), ElementType.FLOAT, steps));
        for (String cue : cues) {
            inputs.add(new Network.Input(
                    cue(cue), ElementType.FLOAT, Shape.of(Dimension.BATCH).with(1)));
        }
        return inputs;
    }

    /** Builds the modality and adds its outputs. */
    <T> ModalityView<T> forward(Ops<T> root, Map<String, T> inputs, Map<String, T> outputs) {
        Ops<T> ops = root.scope(modality.name());
        T mask = inputs.get(mask());
        T presence = ops.expand(ops.max(mask, -1), -1);
        Encoded<T> encoded =
                encoder.encode(ops.scope(ENCODER), new Sequence<>(standardise(ops, inputs.get(values()), mask), mask));
        T pooled = ops.multiply(encoded.pooled(), presence);
        T logits = ops.linear(
                "classifier", ops.dropout(pooled, dropout), alignment.from().size());
        T probabilities = orUniform(
                ops, ops.softmax(logits, -1), presence, alignment.from().size());
        T aligned = orUniform(
                ops,
                ops.matmul(probabilities, ops.constant(alignment.matrix())),
                presence,
                alignment.to().size());
        outputs.put(probabilities(), probabilities);
        outputs.put(aligned(), aligned);
        outputs.put(logits(), logits);

        Map<String, T> present = new LinkedHashMap<>();
        for (String cue : cues) {
            present.put(cue, ops.multiply(inputs.get(cue(cue)), presence));
        }
        Sequence<T> sequence = encoded.sequence();
        // Steps of the encoder's own are there whatever it reads.
        T real = ops.multiply(sequence.mask(), presence);
        T masked = ops.multiply(sequence.values(), ops.expand(real, -1));
        T log = ops.log(ops.maximum(aligned, ops.constant(1e-7)));
        return new ModalityView<>(modality, new Sequence<>(masked, real), pooled, log, aligned, presence, present);
    }

    private <T> T standardise(Ops<T> ops, T values, T mask) {
        return standardisation
                .map(by -> ops.multiply(by.apply(ops, values), ops.expand(mask, -1)))
                .orElse(values);
    }

    /** Where the modality is missing, all classes are as likely. */
    private static <T> T orUniform(Ops<T> ops, T probabilities, T presence, int classes) {
        T absence = ops.subtract(ops.constant(1), presence);
        return ops.add(ops.multiply(probabilities, presence), ops.multiply(absence, ops.constant(1.0 / classes)));
    }
}

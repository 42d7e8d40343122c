package org.kemo.api.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * An encoder as a network of its own: a sequence and its mask in, the encoded sequence without its padding, the vector and the mask of
 * the sequence out.
 */
record EncoderNetwork(NetworkEncoder encoder, ElementType type, int width) implements Network {
    static final String STEPS = "steps";
    static final String MASK = "mask";
    static final String SEQUENCE = "sequence";
    static final String POOLED = "pooled";
    static final String SEQUENCE_MASK = "sequence.mask";

    /** As in the host: no name that an encoder gives to a parameter is that of an input or an output. */
    static final String SCOPE = "encoder";

    /** The steps T of what goes in. */
    static final Dimension LENGTH = Dimension.named("T");

    /** Values by the names that they have in the network, by those that the encoder gives to them. */
    static Map<String, FloatTensor> unscoped(Map<String, FloatTensor> values) {
        Map<String, FloatTensor> own = new LinkedHashMap<>();
        values.forEach((name, value) -> own.put(name.substring(SCOPE.length() + 1), value));
        return own;
    }

    @Override
    public List<Input> inputs() {
        Shape steps = Shape.of(Dimension.BATCH, LENGTH);
        return List.of(new Input(STEPS, type, steps.with(width)), new Input(MASK, ElementType.FLOAT, steps));
    }

    @Override
    public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
        Encoded<T> encoded = encoder.encode(ops.scope(SCOPE), new Sequence<>(inputs.get(STEPS), inputs.get(MASK)));
        Map<String, T> outputs = new LinkedHashMap<>();
        T mask = encoded.sequence().mask();
        outputs.put(SEQUENCE, ops.multiply(encoded.sequence().values(), ops.expand(mask, -1)));
        outputs.put(POOLED, encoded.pooled());
        outputs.put(SEQUENCE_MASK, mask);
        return outputs;
    }
}

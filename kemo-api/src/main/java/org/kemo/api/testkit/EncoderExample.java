package org.kemo.api.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Tensor;

/**
 * Utterances with numbers of one's own, to compare an encoder with a formula worked out by hand or with another implementation:
 *
 * <pre>{@code
 * FloatTensor pooled = new EncoderExample(encoder, 2)
 *         .with(FloatTensor.of(new float[] {1, 2, 3, -1}, 2, 2))
 *         .answer(Map.of("layer0/bias", FloatTensor.of(new float[] {0, 1}, 2)))
 *         .get("pooled");
 * }</pre>
 *
 * Immutable: each method gives another example.
 */
public final class EncoderExample {
    private final EncoderNetwork network;
    private final List<Tensor> utterances;

    /**
     * An encoder of features, without utterances so far.
     *
     * @param width the number of features of a step
     */
    public EncoderExample(NetworkEncoder encoder, int width) {
        this(new EncoderNetwork(encoder, ElementType.FLOAT, width), List.of());
    }

    /** An encoder of text, without utterances so far. */
    public EncoderExample(TextNetworkEncoder encoder) {
        this(new EncoderNetwork(encoder, ElementType.LONG, encoder.width()), List.of());
    }

    private EncoderExample(EncoderNetwork network, List<Tensor> utterances) {
        this.network = network;
        this.utterances = utterances;
    }

    /**
     * The same with one more utterance. Beside longer ones it is padded.
     *
     * @param steps features [T, D], or ids [L, K] as {@link TextNetworkEncoder#tokenize} gives them
     */
    public EncoderExample with(Tensor steps) {
        return new EncoderExample(
                network, Stream.concat(utterances.stream(), Stream.of(steps)).toList());
    }

    /** The parameters of the encoder by name, with the values that they begin with in training with seed 1. */
    public Map<String, FloatTensor> parameters() {
        return EncoderNetwork.unscoped(NetworkParameters.of(network, Map.of(), 1));
    }

    /** The parameters by name, with values that any program can make: each holds sin(1) / 2, sin(2) / 2, ... row-major. */
    public Map<String, FloatTensor> sines() {
        Map<String, FloatTensor> parameters = parameters();
        parameters.replaceAll((name, value) -> sinesOf(value.shape()));
        return parameters;
    }

    private static FloatTensor sinesOf(int[] shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.count(); i++) {
            tensor.values()[i] = (float) (Math.sin(i + 1) / 2);
        }
        return tensor;
    }

    /**
     * What the first backend on the test class path says of the utterances, of which there is at least one.
     *
     * @param parameters of the encoder; those that are not given begin as in training with seed 1
     * @return {@code sequence} [N, T', d], 0 in the padding, {@code sequence.mask} [N, T'] and {@code pooled} [N, d]
     * @throws IllegalArgumentException where the encoder asks for no parameter of a name
     */
    public Map<String, FloatTensor> answer(Map<String, FloatTensor> parameters) {
        List<Map<String, Tensor>> batch = new ArrayList<>();
        utterances.forEach(steps -> batch.add(
                Map.of(EncoderNetwork.STEPS, steps, EncoderNetwork.MASK, NetworkContract.ones(steps.size(0)))));
        return NetworkBackends.answer(network, EncoderNetwork.SCOPE, parameters, batch);
    }
}

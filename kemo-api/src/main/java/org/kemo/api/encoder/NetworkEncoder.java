package org.kemo.api.encoder;

import java.util.List;
import java.util.Map;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Tensor;

/**
 * An encoder that is a trainable network over frames of features. Immutable, safe for use by several threads at once. A
 * network that reads text instead is a {@link TextNetworkEncoder}.
 */
public non-sealed interface NetworkEncoder extends Encoder {
    /**
     * Encodes a padded batch. Padding must not reach the result: multiply by the mask, or use masked operations.
     *
     * @param ops the backend; parameters are already scoped by modality
     * @param input features [N, T, D], standardised over the training data, or ids [N, L, K] for a text network
     */
    <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input);

    /**
     * What parameters begin with that were trained elsewhere, by name within the encoder's scope. The others begin by their
     * initialisers. A stage may train these at a rate of their own. The host refuses one that {@link #encode} does not ask for.
     *
     * @return empty where all are trained from scratch
     */
    default Map<String, FloatTensor> pretrained() {
        return Map.of();
    }

    /**
     * Takes numbers from the training data that no step of training could find, such as how many utterances have a word. The host
     * asks before the first stage that trains the encoder. The numbers become parameters of the encoder: {@link #encode} asks for
     * them by {@link Ops#parameter}, training leaves them as they are, and they are exported with the model. The same data give the
     * same numbers.
     *
     * @param training what the network reads of each training utterance that has the modality, before any sampling: [T, D], not
     *     standardised, or ids [L, K]; at least one
     * @return values by the parameter's name within the encoder's scope; those that are not here are trained
     */
    default Map<String, FloatTensor> fit(List<Tensor> training) {
        return Map.of();
    }
}

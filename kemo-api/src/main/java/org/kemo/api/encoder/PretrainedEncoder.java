package org.kemo.api.encoder;

import java.util.List;
import java.util.Optional;
import org.kemo.api.data.Source;

/** A model that was trained elsewhere and stays as it is, but for layers that it hands out to be {@linkplain #tuned trained further}. A pure function; safe for use by several threads at once. */
public non-sealed interface PretrainedEncoder extends Encoder {
    /** What it reads: {@link Source.Text} or {@link Source.Sound}. */
    Class<? extends Source> reads();

    /** The width d of the encodings. */
    int width();

    /** What stands for the model's weights in cache keys and model folders: a SHA-256 sum in hexadecimal. */
    String fingerprint();

    /**
     * Encodes sources of the kind that it reads.
     *
     * @return one encoding for each source, in order
     * @throws org.kemo.api.KemoException category INPUT, where it does not read sources of that kind
     */
    List<Encoding> encode(List<Source> sources);

    /**
     * The model's last layers, where they are to be trained further: a network that reads the sequences of the encodings, [T, d],
     * as they are, and whose parameters begin with {@linkplain NetworkEncoder#pretrained published values}.
     *
     * @return empty where the whole model stays as it is
     */
    default Optional<NetworkEncoder> tuned() {
        return Optional.empty();
    }

    /**
     * The model from the ids of tokens to its vector, for an export that needs nothing else.
     *
     * @return empty where the model is none of text, is not written over {@link org.kemo.api.network.Ops}, does not compute in float32,
     *     or changes texts before it cuts them
     */
    default Optional<WholeTextEncoder> whole() {
        return Optional.empty();
    }
}

package org.kemo.bilstm;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value = "A stacked bidirectional LSTM over frames of features, pooled over the real frames.",
        source =
                "Altaibek et al. (2025), eqs. 1 to 3; Graves and Schmidhuber (2005); attention pooling: Yang et al. (2016)")
final class BiLstmFactory implements EncoderFactory<BiLstmOptions> {
    @Override
    public String name() {
        return "bilstm";
    }

    @Override
    public Class<BiLstmOptions> options() {
        return BiLstmOptions.class;
    }

    @Override
    public Encoder create(BiLstmOptions options) {
        return new BiLstm(options);
    }
}

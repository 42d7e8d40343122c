package org.kemo.cnnbilstm;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Convolutions over frames of features and a bidirectional LSTM above them, averaged over the real frames.",
        source =
                "Zhao, Mao and Chen (2019), the one-dimensional CNN LSTM; the speech side of CM-BERT in Altaibek et al. (2025)")
final class CnnBiLstmFactory implements EncoderFactory<CnnBiLstmOptions> {
    @Override
    public String name() {
        return "cnn-bilstm";
    }

    @Override
    public Class<CnnBiLstmOptions> options() {
        return CnnBiLstmOptions.class;
    }

    @Override
    public Encoder create(CnnBiLstmOptions options) {
        return new CnnBiLstm(options);
    }
}

package org.kemo.wavenet;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Dilated, gated convolutions with residual and skip connections over frames of features, averaged over the real frames.",
        source = "van den Oord et al. (2016), WaveNet, eq. 2; the speech side of MM-EmoNet in Altaibek et al. (2025)")
final class WaveNetFactory implements EncoderFactory<WaveNetOptions> {
    @Override
    public String name() {
        return "wavenet";
    }

    @Override
    public Class<WaveNetOptions> options() {
        return WaveNetOptions.class;
    }

    @Override
    public Encoder create(WaveNetOptions options) {
        return new WaveNet(options);
    }
}

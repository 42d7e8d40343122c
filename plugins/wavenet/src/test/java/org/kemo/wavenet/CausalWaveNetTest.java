package org.kemo.wavenet;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class CausalWaveNetTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new WaveNet(new WaveNetOptions(4, 5, 2, 3, 1, true, 0.1));
    }
}

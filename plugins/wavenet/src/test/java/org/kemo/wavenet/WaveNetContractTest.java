package org.kemo.wavenet;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class WaveNetContractTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new WaveNet(new WaveNetOptions(3, 4, 3, 2, 2, false, 0.1));
    }
}

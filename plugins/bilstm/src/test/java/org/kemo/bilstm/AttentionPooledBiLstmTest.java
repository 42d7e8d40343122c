package org.kemo.bilstm;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class AttentionPooledBiLstmTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new BiLstm(new BiLstmOptions(4, 2, 0.3, 0.1, 0, Pooling.ATTENTION, 3));
    }
}

package org.kemo.contextbilstm;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class DenseContextTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new ContextBiLstm(new ContextBiLstmOptions(3, 1, true, 0.3, 0.1, 4, 4));
    }
}

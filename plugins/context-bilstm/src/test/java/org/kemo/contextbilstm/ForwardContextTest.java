package org.kemo.contextbilstm;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class ForwardContextTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new ContextBiLstm(new ContextBiLstmOptions(4, 1, false, 0.3, 0, 0, 0));
    }
}

package org.kemo.contextbilstm;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class BidirectionalContextTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new ContextBiLstm(new ContextBiLstmOptions(4, 2, true, 0.3, 0.1, 0, 0));
    }
}

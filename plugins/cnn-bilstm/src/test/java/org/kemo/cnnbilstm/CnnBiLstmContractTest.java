package org.kemo.cnnbilstm;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class CnnBiLstmContractTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new CnnBiLstm(new CnnBiLstmOptions(5, 2, 3, 4, 2, 0.3));
    }
}

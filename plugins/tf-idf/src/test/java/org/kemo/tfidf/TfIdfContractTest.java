package org.kemo.tfidf;

import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.testkit.TextEncoderContract;

final class TfIdfContractTest extends TextEncoderContract {
    @Override
    protected TextNetworkEncoder encoder() {
        return new TfIdfEncoder(new TfIdfOptions(20, 2, 6, 9, 4));
    }
}

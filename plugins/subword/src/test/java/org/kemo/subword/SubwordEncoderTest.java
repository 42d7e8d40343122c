package org.kemo.subword;

import org.kemo.api.encoder.TextNetworkEncoder;
import org.kemo.api.testkit.TextEncoderContract;

final class SubwordEncoderTest extends TextEncoderContract {
    @Override
    protected TextNetworkEncoder encoder() {
        return new SubwordEncoder(new SubwordOptions(30, 4, 3, 7, 2, 4, 8, 3, 0.1, 0.1, 0.3));
    }
}

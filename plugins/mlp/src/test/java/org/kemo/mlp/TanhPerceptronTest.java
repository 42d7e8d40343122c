package org.kemo.mlp;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class TanhPerceptronTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new Perceptron(new PerceptronOptions(1, 4, Activation.TANH, 0.3, 0));
    }
}

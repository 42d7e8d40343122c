package org.kemo.mlp;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class NoLayerPerceptronTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new Perceptron(new PerceptronOptions(0, 1, Activation.RELU, 0, 0));
    }
}

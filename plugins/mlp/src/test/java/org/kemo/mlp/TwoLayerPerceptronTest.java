package org.kemo.mlp;

import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.testkit.EncoderContract;

final class TwoLayerPerceptronTest extends EncoderContract {
    @Override
    protected NetworkEncoder encoder() {
        return new Perceptron(new PerceptronOptions(2, 4, Activation.RELU, 0.3, 0.1));
    }

    // With the first seed a sum lies so near 0 that a difference crosses the rectifier's edge.
    @Override
    protected long seed() {
        return 2;
    }
}

package org.kemo.mlp;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value = "A multi-layer perceptron over each step of features, averaged over the real steps.",
        source = "Rumelhart, Hinton and Williams (1986)")
final class PerceptronFactory implements EncoderFactory<PerceptronOptions> {
    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public Class<PerceptronOptions> options() {
        return PerceptronOptions.class;
    }

    @Override
    public Encoder create(PerceptronOptions options) {
        return new Perceptron(options);
    }
}

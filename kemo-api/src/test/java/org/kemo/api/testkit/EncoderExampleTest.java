package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

final class EncoderExampleTest {
    @Test
    void refusesAParameterThatTheEncoderDoesNotAskFor() {
        EncoderExample example = new EncoderExample(new Layer(), 2).with(FloatTensor.zeros(3, 2));

        assertThatThrownBy(() -> example.answer(Map.of("layr/bias", FloatTensor.zeros(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There are no parameters [layr/bias], but [layer/weight, layer/bias]. Give values of these, by"
                                + " these names.");
    }

    private static final class Layer implements NetworkEncoder {
        @Override
        public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
            T steps = ops.linear("layer", input.values(), 2);
            return new Encoded<>(new Sequence<>(steps, input.mask()), ops.maskedMean(steps, input.mask()));
        }
    }
}

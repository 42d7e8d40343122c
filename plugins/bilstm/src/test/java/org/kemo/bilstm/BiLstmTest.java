package org.kemo.bilstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.EncoderExample;

final class BiLstmTest {
    @Test
    void hasAsManyParametersAsItsShapesSay() {
        BiLstmOptions options = new BiLstmOptions(64, 2, 0.3, 0, 0, Pooling.ATTENTION, 64);
        Map<String, FloatTensor> parameters = new EncoderExample(new BiLstm(options), 252).parameters();
        // Two directions of 4 x 64 gates over 252 inputs, 64 outputs and a bias; the same over 128; attention 128 x 64
        // + 64 + 64.
        int expected = 2 * 256 * (252 + 64 + 1) + 2 * 256 * (128 + 64 + 1) + 128 * 64 + 64 + 64;
        assertThat(parameters.values().stream().mapToInt(FloatTensor::count).sum())
                .isEqualTo(expected);
    }

    /** Reference: torch 2.15.0 in reference.py beside this test's resources: nn.LSTM on each row alone, attention in numpy. */
    @Test
    void isWhatTorchAndNumpySay() {
        BiLstmOptions options = new BiLstmOptions(2, 2, 0.3, 0, 0, Pooling.ATTENTION, 2);
        EncoderExample example = new EncoderExample(new BiLstm(options), 2)
                .with(FloatTensor.of(new float[] {1, -1, 0.5f, 2, -2, 0.25f}, 3, 2))
                .with(FloatTensor.of(new float[] {3, 1}, 1, 2));
        assertThat(example.answer(example.sines()).get("pooled").values()).containsExactly(REFERENCE, within(1e-5f));
    }

    private static final float[] REFERENCE = {
        -0.1876343f, -0.0823457f, -0.1866826f, -0.0772295f, -0.1464507f, -0.0216061f, -0.1464507f, -0.0216061f
    };
}

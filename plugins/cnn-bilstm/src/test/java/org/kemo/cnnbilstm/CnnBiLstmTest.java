package org.kemo.cnnbilstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.EncoderExample;

/** Reference: torch 2.15.0 in reference.py beside this test's resources, on each row alone. */
final class CnnBiLstmTest {
    @Test
    void isWhatTorchSays() {
        assertThat(pooled(new CnnBiLstmOptions(3, 2, 3, 2, 1, 0.3)))
                .containsExactly(
                        new float[] {
                            -0.2345116f,
                            0.0309936f,
                            -0.2403384f,
                            0.0330111f,
                            -0.1939045f,
                            0.0030269f,
                            -0.1939045f,
                            0.0030269f
                        },
                        within(1e-5f));
    }

    /** Of three frames, and of one beside them. */
    private static float[] pooled(CnnBiLstmOptions options) {
        EncoderExample example = new EncoderExample(new CnnBiLstm(options), 2)
                .with(FloatTensor.of(new float[] {1, -1, 0.5f, 2, -2, 0.25f}, 3, 2))
                .with(FloatTensor.of(new float[] {3, 1}, 1, 2));
        return example.answer(example.sines()).get("pooled").values();
    }
}

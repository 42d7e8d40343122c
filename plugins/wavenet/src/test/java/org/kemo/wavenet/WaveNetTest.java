package org.kemo.wavenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.EncoderExample;

/** Reference: torch 2.15.0 in reference.py beside this test's resources, on each row alone. */
final class WaveNetTest {
    @Test
    void isWhatTorchSays() {
        assertThat(pooled(new WaveNetOptions(2, 3, 3, 2, 1, false, 0.1)))
                .containsExactly(
                        new float[] {0.4782658f, 0.4682943f, 0.0277752f, 0.4544616f, 0.4636120f, 0.0465195f},
                        within(1e-5f));
    }

    @Test
    void isWhatTorchSaysWhereAFrameSeesOnlyThoseBefore() {
        assertThat(pooled(new WaveNetOptions(2, 3, 3, 2, 1, true, 0.1)))
                .containsExactly(
                        new float[] {0.4795692f, 0.4701752f, 0.0285043f, 0.4847708f, 0.4748465f, 0.0283504f},
                        within(1e-5f));
    }

    /** Of three frames, and of one beside them. */
    private static float[] pooled(WaveNetOptions options) {
        EncoderExample example = new EncoderExample(new WaveNet(options), 2)
                .with(FloatTensor.of(new float[] {1, -1, 0.5f, 2, -2, 0.25f}, 3, 2))
                .with(FloatTensor.of(new float[] {3, 1}, 1, 2));
        return example.answer(example.sines()).get("pooled").values();
    }
}

package org.kemo.contextbilstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.EncoderExample;

final class ContextBiLstmTest {
    private static final ContextBiLstmOptions SMALL = new ContextBiLstmOptions(2, 1, true, 0.5, 0, 0, 3);

    /** Reference: torch 2.15.0 in reference.py among this test's resources: nn.LSTM on each row alone, the dense layer in numpy. */
    @Test
    void answersForTheMarkedUtteranceAsTorchAndNumpySay() {
        // Two groups, of three utterances and of one, with the mark as a column of mean 0.5 and deviation 0.5.
        EncoderExample example = new EncoderExample(new ContextBiLstm(SMALL), 3)
                .with(FloatTensor.of(new float[] {1, -1, -1, 0.5f, 2, 1, -2, 0.25f, -1}, 3, 3))
                .with(FloatTensor.of(new float[] {3, 1, 1}, 1, 3));

        float[] pooled = example.answer(example.sines()).get("pooled").values();

        assertThat(pooled).containsExactly(new float[] {0.1818317f, 0.1244511f, 0, 0.0287681f, 0, 0}, within(1e-5f));
    }

    @Test
    void doesNotReadTheMarkAsAFeature() {
        Map<String, FloatTensor> parameters = new EncoderExample(new ContextBiLstm(SMALL), 6).parameters();

        assertThat(parameters.get("layer0/forward/weightInput").shape()).containsExactly(5, 8);
    }

    @Test
    void asksForFeaturesBesideTheMark() {
        assertThatThrownBy(() -> new EncoderExample(new ContextBiLstm(SMALL), 1).parameters())
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("steps of [1] number")
                .hasMessageContaining("context: group");
    }
}

package org.kemo.concat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

final class ConcatFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float[] ANY = {0.5f, 0.5f};

    // W = [1 0; 0 1; 2 0], rows for audio 1, audio 2 and text 1; b = [0 0].
    // U = [1 0; 0 1], c = [0 0].
    private static final Map<String, FloatTensor> PARAMETERS = Map.of(
            "hidden/weight", FloatTensor.of(new float[] {1, 0, 0, 1, 2, 0}, 3, 2),
            "hidden/bias", FloatTensor.of(new float[] {0, 0}, 2),
            "out/weight", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2),
            "out/bias", FloatTensor.of(new float[] {0, 0}, 2));

    @Test
    void putsTheEncodingsSideBySideThroughOneLayer() {
        // W [0.2931472 -0.6931472 0.2] = [0.2931472 + 2 (0.2), -0.6931472] = [ln 2, -ln 2]; tanh of it is [0.6 -0.6].
        // softmax [0.6 -0.6]: 1 / (1 + e^-1.2) = 1 / 1.3011942 = 0.7685248
        FusionExample example = example()
                .with("audio", new float[] {0.2931472f, -0.6931472f}, ANY)
                .with("text", new float[] {0.2f}, ANY);
        expect(example.answer(PARAMETERS), 0.7685248f);
    }

    @Test
    void takesAMissingModalityForZero() {
        // W [0.6931472 0.6931472 0] = [ln 2, ln 2]: both scores are 0.6.
        FusionExample example = example()
                .with("audio", new float[] {0.6931472f, 0.6931472f}, ANY)
                .without("text", 1);
        expect(example.answer(PARAMETERS), 0.5f);
    }

    private static FusionExample example() {
        return new FusionExample(new ConcatFusion(new ConcatOptions(2, 0)), LABELS);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
    }
}

package org.example.logarithmicpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

/** What the formula gives by hand. */
final class LogarithmicPoolFusionFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final FusionExample BOTH = new FusionExample(
                    new LogarithmicPoolFusion(new LogarithmicPoolFusionOptions(2)), LABELS)
            .with("audio", new float[] {3, 1}, new float[] {0.9f, 0.1f})
            .with("text", new float[] {0, 5}, new float[] {0.2f, 0.8f});

    @Test
    void multipliesWhatTheModalitiesAnswerWhereBothGatesAreHalfOpen() {
        // t = 2 sigmoid(0) = 1 for both: 0.9 * 0.2 = 0.18 against 0.1 * 0.8 = 0.08
        expect(BOTH.answer(gates(0, 0)), 0.18 / 0.26, 0.5);
    }

    @Test
    void raisesEachToItsExponent() {
        // 2 sigmoid(ln 3) = 1.5 and 2 sigmoid(-ln 3) = 0.5: 0.9^1.5 0.2^0.5 against 0.1^1.5 0.8^0.5
        double happy = Math.pow(0.9, 1.5) * Math.sqrt(0.2);
        double sad = Math.pow(0.1, 1.5) * Math.sqrt(0.8);
        expect(BOTH.answer(gates(Math.log(3), -Math.log(3))), happy / (happy + sad), 0.75);
    }

    @Test
    void leavesOutWhatIsMissing() {
        FusionExample textAlone = new FusionExample(
                        new LogarithmicPoolFusion(new LogarithmicPoolFusionOptions(2)), LABELS)
                .without("audio", 2)
                .with("text", new float[] {0, 5}, new float[] {0.2f, 0.8f});

        expect(textAlone.answer(gates(0, 0)), 0.2, 0);
    }

    @Test
    void refusesAnExponentThatIsNotAboveZero() {
        assertThatThrownBy(() -> new LogarithmicPoolFusionOptions(0))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[0.0]");
    }

    private static Map<String, FloatTensor> gates(double audio, double text) {
        return Map.of(
                "audio/weight", FloatTensor.zeros(2, 1),
                "audio/bias", FloatTensor.of(new float[] {(float) audio}, 1),
                "text/weight", FloatTensor.zeros(2, 1),
                "text/bias", FloatTensor.of(new float[] {(float) text}, 1));
    }

    private static void expect(Map<String, FloatTensor> answer, double happy, double weightOfAudio) {
        assertThat(answer.get("probabilities").at(0, 0)).isCloseTo((float) happy, within(1e-6f));
        assertThat(answer.get("weight/audio").at(0, 0)).isCloseTo((float) weightOfAudio, within(1e-6f));
    }
}

package org.kemo.staticfusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

final class StaticFusionFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float[] ANY = {1, 2};
    private static final float[] AUDIO = {0.9f, 0.1f};
    private static final float[] TEXT = {0.2f, 0.8f};

    @Test
    void countsBothTheSameWhereNothingIsSaid() {
        // 1/2 [0.9 0.1] + 1/2 [0.2 0.8]
        expect(both(options(Map.of(), false)).answer(Map.of()), 0.5f, 0.55f, 0.45f);
    }

    @Test
    void isEquationSixWithTheWeightsGiven() {
        // 3 : 1 is lambda 0.75: 0.75 [0.9 0.1] + 0.25 [0.2 0.8]
        expect(both(options(Map.of("audio", 3.0, "text", 1.0), false)).answer(Map.of()), 0.75f, 0.725f, 0.275f);
    }

    @Test
    void beginsTrainingWithTheWeightsGiven() {
        expect(both(options(Map.of("audio", 3.0, "text", 1.0), true)).answer(Map.of()), 0.75f, 0.725f, 0.275f);
    }

    @Test
    void isTheSoftmaxOfItsScoresOnceTrained() {
        // e^ln 4 : e^0 = 4 : 1: 0.8 [0.9 0.1] + 0.2 [0.2 0.8]
        FloatTensor scores = FloatTensor.of(new float[] {(float) Math.log(4), 0}, 2);
        expect(both(options(Map.of(), true)).answer(Map.of("scores", scores)), 0.8f, 0.76f, 0.24f);
    }

    @Test
    void givesTheWholeWeightToWhatIsThere() {
        for (boolean trained : new boolean[] {false, true}) {
            Map<String, FloatTensor> answer = new FusionExample(
                            new StaticFusion(options(Map.of("audio", 3.0, "text", 1.0), trained)), LABELS)
                    .without("audio", 2)
                    .with("text", ANY, TEXT)
                    .answer(Map.of());
            expect(answer, 0, 0.2f, 0.8f);
        }
    }

    @Test
    void asksAModalityOfWeightZeroOnlyWhereItIsAlone() {
        StaticFusionOptions audioOnly = options(Map.of("audio", 1.0), false);
        expect(both(audioOnly).answer(Map.of()), 1, 0.9f, 0.1f);
        Map<String, FloatTensor> alone = new FusionExample(new StaticFusion(audioOnly), LABELS)
                .without("audio", 2)
                .with("text", ANY, TEXT)
                .answer(Map.of());
        expect(alone, 0, 0.2f, 0.8f);
    }

    @Test
    void refusesAWeightForAModalityThatIsNotThere() {
        StaticFusion strategy = new StaticFusion(options(Map.of("video", 1.0), false));
        assertThatThrownBy(() ->
                        strategy.check(FusionInputs.of(LABELS, List.of(Modality.of("audio"), Modality.of("text")))))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[video]")
                .hasMessageContaining("[audio, text]");
    }

    @Test
    void refusesWeightsThatAreNone() {
        assertThatThrownBy(() -> options(Map.of("audio", 0.0, "text", 0.0), false))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("All weights are [0.0]");
        assertThatThrownBy(() -> options(Map.of("audio", Double.NaN), false))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("The weight of [audio] is [NaN]");
    }

    private static StaticFusionOptions options(Map<String, Double> weights, boolean trained) {
        return new StaticFusionOptions(weights, trained);
    }

    private static FusionExample both(StaticFusionOptions options) {
        return new FusionExample(new StaticFusion(options), LABELS)
                .with("audio", ANY, AUDIO)
                .with("text", ANY, TEXT);
    }

    private static void expect(Map<String, FloatTensor> answer, float lambda, float... probabilities) {
        assertThat(answer.get("probabilities").values()).containsExactly(probabilities, within(1e-6f));
        assertThat(answer.get("diagnostic/lambda").at(0, 0)).isCloseTo(lambda, within(1e-6f));
        assertThat(answer.get("weight/audio").at(0, 0)).isCloseTo(lambda, within(1e-6f));
        assertThat(answer.get("weight/text").at(0, 0)).isCloseTo(1 - lambda, within(1e-6f));
    }
}

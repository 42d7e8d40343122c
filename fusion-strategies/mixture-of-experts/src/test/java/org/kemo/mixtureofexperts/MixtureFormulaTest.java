package org.kemo.mixtureofexperts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

/** Audio 1 and text 2, one wide, their own experts, and one joint expert: tanh(ln 2 (1) + 0 (2)) = 0.6, scores ln 4 and 0: 4 : 1. */
final class MixtureFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float LN2 = 0.6931472f;
    private static final float LN3 = 1.0986123f;
    private static final float[] AUDIO = {0.9f, 0.1f};
    private static final float[] TEXT = {0.2f, 0.8f};

    private final Map<String, FloatTensor> parameters = new HashMap<>(Map.of(
            "gate/weight", FloatTensor.zeros(2, 3),
            "expert0/hidden/weight", FloatTensor.of(new float[] {LN2, 0}, 2, 1),
            "expert0/hidden/bias", FloatTensor.zeros(1),
            "expert0/out/weight", FloatTensor.of(new float[] {2 * LN2 / 0.6f, 0}, 1, 2),
            "expert0/out/bias", FloatTensor.zeros(2)));

    @Test
    void asksTheExpertsWithTheLargestScores() {
        // Scores ln 3, -1 and 0: the first and the last, 3 : 1. 3/4 [0.9 0.1] + 1/4 [0.8 0.2]
        expect(both(2, scores(LN3, -1, 0)), 0.875f, 0, 0.75f, 0, 0.25f);
    }

    @Test
    void takesTheFirstOfExpertsWithTheSameScore() {
        // 1/2 [0.9 0.1] + 1/2 [0.2 0.8]
        expect(both(2, scores(0, 0, 0)), 0.55f, 0, 0.5f, 0.5f, 0);
    }

    @Test
    void asksAllWhereAllAreActive() {
        // 2 : 1 : 1. 1/2 (0.9) + 1/4 (0.2) + 1/4 (0.8)
        expect(both(3, scores(LN2, 0, 0)), 0.7f, 0, 0.5f, 0.25f, 0.25f);
    }

    @Test
    void readsTheScoresFromTheEncodings() {
        // The second: ln 3 / 2 (1) + ln 3 / 4 (2) = ln 3, the others 0. 1/4 [0.9 0.1] + 3/4 [0.2 0.8]
        parameters.put("gate/weight", FloatTensor.of(new float[] {0, LN3 / 2, 0, 0, LN3 / 4, 0}, 2, 3));
        expect(both(2, scores(0, 0, 0)), 0.375f, 1, 0.25f, 0.75f, 0);
    }

    @Test
    void asksNobodyWhoseModalityIsMissing() {
        // Text has the largest score, the joint expert the next, and neither can answer.
        parameters.put("gate/bias", FloatTensor.of(new float[] {0, 9, 5}, 3));
        Map<String, FloatTensor> answer = new FusionExample(strategy(1, 2), LABELS)
                .with("audio", new float[] {1}, AUDIO)
                .without("text", 1)
                .answer(parameters);
        expect(answer, 0.9f, 0, 1, 0, 0);
    }

    @Test
    void addsTheImbalanceOfTheBatchToTheLoss() {
        // One utterance, scores ln 2, 0 and 0, two active: f = [1/2 1/2 0], P = [1/2 1/4 1/4].
        // w E (1/2 (1/2) + 1/2 (1/4)) = 0.1 (3) (3/8)
        parameters.put("gate/bias", scores(LN2, 0, 0));
        FusionExample example = example(strategy(1, 2));
        assertThat(example.loss(parameters))
                .hasValueSatisfying(loss -> assertThat(loss).isCloseTo(0.1125f, within(1e-6f)));
    }

    @Test
    void hasNoLossWhereTheBalanceIsZero() {
        MixtureOfExperts unbalanced = new MixtureOfExperts(new MixtureOfExpertsOptions(1, 2, 1, 0, 0));
        assertThat(example(unbalanced).loss(Map.of())).isEmpty();
    }

    @Test
    void refusesMoreActiveExpertsThanThereAre() {
        FusionInputs inputs = FusionInputs.of(LABELS, List.of(Modality.of("audio"), Modality.of("text")));
        assertThatThrownBy(() -> strategy(1, 4).check(inputs))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("Of [3] experts, [4] cannot be active")
                .hasMessageContaining("[audio, text]");
    }

    @Test
    void refusesToTrainOneActiveExpertOfSeveralWhoseGateWouldLearnNothing() {
        FusionInputs both = FusionInputs.of(LABELS, List.of(Modality.of("audio"), Modality.of("text")));
        assertThatThrownBy(() -> strategy(0, 1).checkTraining(both))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("Of [2] experts, [1] is active");
        // One that was trained so is opened.
        strategy(0, 1).check(both);
        strategy(0, 2).checkTraining(both);
        // There is nothing to choose.
        strategy(0, 1).checkTraining(FusionInputs.of(LABELS, List.of(Modality.of("text"))));
    }

    private static FloatTensor scores(float... scores) {
        return FloatTensor.of(scores, scores.length);
    }

    private static MixtureOfExperts strategy(int joint, int active) {
        return new MixtureOfExperts(new MixtureOfExpertsOptions(joint, active, 1, 0.1, 0));
    }

    private static FusionExample example(MixtureOfExperts strategy) {
        return new FusionExample(strategy, LABELS)
                .with("audio", new float[] {1}, AUDIO)
                .with("text", new float[] {2}, TEXT);
    }

    private Map<String, FloatTensor> both(int active, FloatTensor bias) {
        parameters.put("gate/bias", bias);
        return example(strategy(1, active)).answer(parameters);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy, int expert, float... gate) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
        assertThat(answer.get("diagnostic/gate").values()).containsExactly(gate, within(1e-6f));
        assertThat(answer.get("diagnostic/expert").at(0, 0)).isEqualTo(expert);
        assertThat(answer.get("weight/audio").at(0, 0)).isCloseTo(gate[0], within(1e-6f));
        assertThat(answer.get("weight/text").at(0, 0)).isCloseTo(gate[1], within(1e-6f));
    }
}

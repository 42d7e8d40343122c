package org.kemo.cascade;

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

final class CascadeFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float[] TEXT = {0.5f, 0.5f};

    /** F = [f1 o1 o2]: the rows of W for the text, for a decision for happy, and for one for sad. */
    private static final Map<String, FloatTensor> LINEAR = Map.of(
            "out/weight", FloatTensor.of(new float[] {1, 0, 0.6931472f, 0, 0, 1.3862944f}, 3, 2),
            "out/bias", FloatTensor.of(new float[] {0, 0}, 2));

    @Test
    void classifiesTheTextWithTheDecisionOfTheSound() {
        // (7): sad, 0.6. (8): F = [0.6931472 0 1]. (9): scores ln 2 and 2 ln 2, softmax 2 : 4.
        Map<String, FloatTensor> answer = example(CascadeOptions.Decision.ONE_HOT, 0)
                .with("audio", new float[] {9, 9}, new float[] {0.4f, 0.6f})
                .with("text", new float[] {0.6931472f}, TEXT)
                .answer(LINEAR);
        expect(answer, 1 / 3f, 0, 1);
    }

    @Test
    void takesTheFirstOfClassesThatAreAsLikely() {
        // F = [0 1 0]: scores ln 2 and 0, softmax 2 : 1.
        Map<String, FloatTensor> answer = example(CascadeOptions.Decision.ONE_HOT, 0)
                .with("audio", new float[] {9, 9}, new float[] {0.5f, 0.5f})
                .with("text", new float[] {0}, TEXT)
                .answer(LINEAR);
        expect(answer, 2 / 3f, 1, 0);
    }

    @Test
    void handsAllProbabilitiesOnWhereItIsSoft() {
        // F = [0 0.4 0.6]: scores 0.4 ln 2 and 0.6 (2 ln 2) = 1.2 ln 2: 1 / (1 + 2^0.8) = 1 / 2.7411011
        Map<String, FloatTensor> answer = example(CascadeOptions.Decision.SOFT, 0)
                .with("audio", new float[] {9, 9}, new float[] {0.4f, 0.6f})
                .with("text", new float[] {0}, TEXT)
                .answer(LINEAR);
        expect(answer, 0.3648169f, 0.4f, 0.6f);
    }

    @Test
    void handsNothingOnWhereTheOneThatLeadsIsMissing() {
        // F = [0.6931472 0 0]: scores ln 2 and 0, softmax 2 : 1.
        Map<String, FloatTensor> answer = example(CascadeOptions.Decision.ONE_HOT, 0)
                .without("audio", 2)
                .with("text", new float[] {0.6931472f}, TEXT)
                .answer(LINEAR);
        expect(answer, 2 / 3f, 0, 0);
    }

    @Test
    void putsALayerBeforeTheClassifier() {
        // F = [0 0 1]: hidden tanh(ln 2) = 0.6, scores 0 and 0.6 / 0.6 ln 3: softmax 1 : 3.
        Map<String, FloatTensor> parameters = Map.of(
                "hidden/weight", FloatTensor.of(new float[] {5, 7, 0.6931472f}, 3, 1),
                "hidden/bias", FloatTensor.of(new float[] {0}, 1),
                "out/weight", FloatTensor.of(new float[] {0, 1.8310205f}, 1, 2),
                "out/bias", FloatTensor.of(new float[] {0, 0}, 2));
        Map<String, FloatTensor> answer = example(CascadeOptions.Decision.ONE_HOT, 1)
                .with("audio", new float[] {9, 9}, new float[] {0.1f, 0.9f})
                .with("text", new float[] {0}, TEXT)
                .answer(parameters);
        expect(answer, 0.25f, 0, 1);
    }

    @Test
    void refusesALeadThatIsNotThereAndACascadeOfOne() {
        CascadeFusion strategy = new CascadeFusion(new CascadeOptions("audio", CascadeOptions.Decision.SOFT, 0, 0));
        assertThatThrownBy(() -> strategy.check(inputs("text", "face")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[audio] that leads the cascade is none of [text, face]");
        assertThatThrownBy(() -> strategy.check(inputs("audio")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("only the modality [audio]");
    }

    private static FusionInputs inputs(String... modalities) {
        return FusionInputs.of(
                LABELS, List.of(modalities).stream().map(Modality::of).toList());
    }

    private static FusionExample example(CascadeOptions.Decision decision, int hidden) {
        return new FusionExample(new CascadeFusion(new CascadeOptions("audio", decision, hidden, 0)), LABELS);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy, float... decision) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
        assertThat(answer.get("diagnostic/decision").values()).containsExactly(decision, within(1e-6f));
    }
}

package org.kemo.dynamicgated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

final class GateFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float[] AUDIO = {0.9f, 0.1f};
    private static final float[] TEXT = {0.2f, 0.8f};

    @Test
    void isEquationThirteenForTwoModalities() {
        // W [h_audio h_text] + b = 1 (1) + 2 (-1) + 3 (0.5) + (0.5986123) = ln 3: lambda = 3/4.
        // 3/4 [0.9 0.1] + 1/4 [0.2 0.8]
        FusionExample example = example(Set.of(GateInput.POOLED), 0)
                .with("audio", new float[] {1, -1}, AUDIO)
                .with("text", new float[] {0.5f}, TEXT);
        expect(example.answer(gate(0.5986123f, 1, 2, 3)), 0.75f, 0.725f, 0.275f);
    }

    @Test
    void givesTheWholeWeightToWhatIsThere() {
        FusionExample example = example(Set.of(GateInput.POOLED), 0)
                .with("audio", new float[] {1, -1}, AUDIO)
                .without("text", 1);
        expect(example.answer(gate(-5, 1, 2, 3)), 1, 0.9f, 0.1f);
    }

    @Test
    void readsPooledProbabilitiesConfidenceAndCuesInThisOrder() {
        // audio: pooled 1, probabilities 0.9 and 0.1, confidence 0.9, cues a 2 and b 3; text: 4, 0.2 and 0.8, 0.8, 5
        // and 6.
        // Every weight is 0 but those of audio's cue b and of text's confidence, 0.5 each:
        // 1.5 + 0.4 - 0.8013877 = ln 3: lambda = 3/4.
        FusionExample example = example(EnumSet.allOf(GateInput.class), 0)
                .with("audio", new float[] {1}, AUDIO, Map.of("b", 3.0, "a", 2.0))
                .with("text", new float[] {4}, TEXT, Map.of("a", 5.0, "b", 6.0));
        expect(example.answer(gate(-0.8013877f, 0, 0, 0, 0, 0, 0.5f, 0, 0, 0, 0.5f, 0, 0)), 0.75f, 0.725f, 0.275f);
    }

    @Test
    void putsALayerBeforeTheGate() {
        // hidden = tanh(ln 2) = 0.6, gate = 2 (0.6) - 0.1013877 = ln 3.
        FusionExample example = example(Set.of(GateInput.POOLED), 1)
                .with("audio", new float[] {1}, AUDIO)
                .with("text", new float[] {0}, TEXT);
        Map<String, FloatTensor> parameters = Map.of(
                "hidden/weight", FloatTensor.of(new float[] {0.6931472f, 7}, 2, 1),
                "hidden/bias", FloatTensor.of(new float[] {0}, 1),
                "gate/weight", FloatTensor.of(new float[] {2}, 1, 1),
                "gate/bias", FloatTensor.of(new float[] {-0.1013877f}, 1));
        expect(example.answer(parameters), 0.75f, 0.725f, 0.275f);
    }

    @Test
    void isASoftmaxForThreeModalities() {
        // Scores ln 2, ln 5 and 0: weights 2/8, 5/8 and 1/8.
        Map<String, FloatTensor> answer = example(Set.of(GateInput.POOLED), 0)
                .with("audio", new float[] {0}, AUDIO)
                .with("text", new float[] {0}, TEXT)
                .with("face", new float[] {0}, new float[] {0.5f, 0.5f})
                .answer(Map.of("gate/bias", FloatTensor.of(new float[] {(float) Math.log(2), (float) Math.log(5)}, 2)));
        assertThat(answer.get("weight/audio").at(0, 0)).isCloseTo(0.25f, within(1e-6f));
        assertThat(answer.get("weight/text").at(0, 0)).isCloseTo(0.625f, within(1e-6f));
        assertThat(answer.get("weight/face").at(0, 0)).isCloseTo(0.125f, within(1e-6f));
        // 0.25 (0.9) + 0.625 (0.2) + 0.125 (0.5)
        assertThat(answer.get("probabilities").at(0, 0)).isCloseTo(0.4125f, within(1e-6f));
    }

    @Test
    void refusesAGateThatReadsNothing() {
        assertThatThrownBy(() -> new DynamicGatedOptions(Set.of(), 0, 0))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("no inputs []");
    }

    @Test
    void refusesAGateThatReadsCuesAloneWhereThereAreNone() {
        Modality audio = Modality.of("audio");
        Modality text = Modality.of("text");
        FusionInputs none = FusionInputs.of(LABELS, List.of(audio, text));
        assertThatThrownBy(() -> strategy(Set.of(GateInput.CUES), 0).check(none))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("The gate reads [cues] alone")
                .hasMessageContaining("{audio=[], text=[]}");

        strategy(EnumSet.of(GateInput.CUES, GateInput.POOLED), 0).check(none);
        strategy(Set.of(GateInput.CUES), 0)
                .check(new FusionInputs(LABELS, Map.of(audio, List.of(), text, List.of("tokens"))));
        // One modality needs no gate.
        strategy(Set.of(GateInput.CUES), 0).check(FusionInputs.of(LABELS, List.of(text)));
    }

    private static DynamicGatedFusion strategy(Set<GateInput> inputs, int hidden) {
        return new DynamicGatedFusion(new DynamicGatedOptions(inputs, hidden, 0));
    }

    private static FusionExample example(Set<GateInput> inputs, int hidden) {
        return new FusionExample(strategy(inputs, hidden), LABELS);
    }

    private static Map<String, FloatTensor> gate(float bias, float... weights) {
        return Map.of(
                "gate/weight", FloatTensor.of(weights, weights.length, 1),
                "gate/bias", FloatTensor.of(new float[] {bias}, 1));
    }

    private static void expect(Map<String, FloatTensor> answer, float lambda, float... probabilities) {
        assertThat(answer.get("probabilities").values()).containsExactly(probabilities, within(1e-6f));
        assertThat(answer.get("diagnostic/lambda").at(0, 0)).isCloseTo(lambda, within(1e-6f));
        assertThat(answer.get("weight/audio").at(0, 0)).isCloseTo(lambda, within(1e-6f));
    }
}

package org.kemo.dynamicgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

/**
 * Audio 1 and text 2, one wide, with these scores of the five efficacies, which are sigmoids: ln 3 is 3/4, -ln 3 is 1/4, 0 is 1/2.
 *
 * <pre>
 * to audio+text: from audio 3/4, from text 1/4
 * to the output: from audio 1/2, from text 1/2, from audio+text 3/4
 * v_audio+text = tanh(ln 2 (3/4 (1) + 1/2 (1/4 (2)))) = tanh(ln 2) = 0.6
 * tau = tanh(x), x = 0 (1/2 (1)) + 0 (1/2 (2)) + ln 2 / 0.45 (3/4 (0.6)) = ln 2: tau = 0.6
 * scores: ln 3 / 0.6 (0.6) = ln 3 and 0
 * </pre>
 */
final class DynamicGraphFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final float LN2 = 0.6931472f;
    private static final float LN3 = 1.0986123f;
    private static final float[] ANY = {0.5f, 0.5f};

    private final Map<String, FloatTensor> parameters = new HashMap<>(Map.of(
            "efficacy/weight", FloatTensor.zeros(2, 5),
            "efficacy/bias", FloatTensor.of(new float[] {LN3, -LN3, 0, 0, LN3}, 5),
            "audio+text/weight", FloatTensor.of(new float[] {LN2, LN2 / 2}, 2, 1),
            "audio+text/bias", FloatTensor.zeros(1),
            "output/weight", FloatTensor.of(new float[] {0, 0, LN2 / 0.45f}, 3, 1),
            "output/bias", FloatTensor.zeros(1),
            "out/weight", FloatTensor.of(new float[] {LN3 / 0.6f, 0}, 1, 2),
            "out/bias", FloatTensor.zeros(2)));

    @Test
    void weighsEachSubsetOnItsWayToTheLargerOnesAndToTheOutput() {
        Map<String, FloatTensor> answer = both().answer(parameters);
        expect(answer, 0.75f);
        assertThat(answer.get("diagnostic/efficacies.audio+text").values())
                .containsExactly(new float[] {0.75f, 0.25f}, within(1e-6f));
        assertThat(answer.get("diagnostic/efficacies.output").values())
                .containsExactly(new float[] {0.5f, 0.5f, 0.75f}, within(1e-6f));
    }

    @Test
    void takesTheEfficaciesFromTheEncodings() {
        // ln 3 (1) - ln 3 / 2 (2) = 0 for the first edge, whose bias goes: 1/2.
        float[] weights = new float[10];
        weights[0] = LN3;
        weights[5] = -LN3 / 2;
        parameters.put("efficacy/weight", FloatTensor.of(weights, 2, 5));
        parameters.put("efficacy/bias", FloatTensor.of(new float[] {0, -LN3, 0, 0, LN3}, 5));
        assertThat(both().answer(parameters)
                        .get("diagnostic/efficacies.audio+text")
                        .values())
                .containsExactly(new float[] {0.5f, 0.25f}, within(1e-6f));
    }

    @Test
    void countsNoSubsetOfWhichAModalityIsMissing() {
        // tau = tanh(ln 2 / 0.5 (1/2 (1))) = 0.6 from audio alone, though the others would add 9 times what they hold.
        parameters.put("output/weight", FloatTensor.of(new float[] {2 * LN2, 9, 9}, 3, 1));
        parameters.put("audio+text/bias", FloatTensor.of(new float[] {1}, 1));
        Map<String, FloatTensor> answer = new FusionExample(strategy(), LABELS)
                .with("audio", new float[] {1}, ANY)
                .without("text", 1)
                .answer(parameters);
        expect(answer, 0.75f);
        assertThat(answer.get("diagnostic/efficacies.audio+text").values())
                .containsExactly(new float[] {0.75f, 0}, within(1e-6f));
        assertThat(answer.get("diagnostic/efficacies.output").values())
                .containsExactly(new float[] {0.5f, 0, 0}, within(1e-6f));
    }

    @Test
    void hasFiveNineteenAndSixtyFiveEfficacies() {
        assertThat(List.of(efficaciesOf(2), efficaciesOf(3), efficaciesOf(4))).containsExactly(5, 19, 65);
        assertThat(efficaciesOf(1)).isEqualTo(1);
    }

    @Test
    void putsSmallSubsetsFirstAndThoseOfOneSizeInTheOrderOfTheModalities() {
        List<Modality> modalities = List.of(Modality.of("text"), Modality.of("audio"), Modality.of("face"));
        assertThat(ModalitySubset.all(3).stream().map(subset -> subset.name(modalities)))
                .containsExactly("text", "audio", "face", "text+audio", "text+face", "audio+face", "text+audio+face");
        assertThat(ModalitySubset.all(3).get(5).proper().stream().map(subset -> subset.name(modalities)))
                .containsExactly("audio", "face");
    }

    @Test
    void refusesMoreModalitiesThanItHasRoomFor() {
        FusionInputs nine = FusionInputs.of(
                LABELS,
                IntStream.range(0, 9).mapToObj(i -> Modality.of("m" + i)).toList());
        assertThatThrownBy(() -> strategy().check(nine))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("over the [9] modalities");
    }

    /** The efficacies that an answer shows, counted. */
    private static int efficaciesOf(int modalities) {
        FusionExample example = new FusionExample(strategy(), LABELS);
        for (int m = 0; m < modalities; m++) {
            example = example.with("m" + m, new float[] {m}, ANY);
        }
        return example.answer(Map.of()).entrySet().stream()
                .filter(output -> output.getKey().startsWith("diagnostic/efficacies."))
                .mapToInt(output -> output.getValue().size(1))
                .sum();
    }

    private static DynamicGraphFusion strategy() {
        return new DynamicGraphFusion(new DynamicGraphOptions(1, 0, 0));
    }

    private static FusionExample both() {
        return new FusionExample(strategy(), LABELS)
                .with("audio", new float[] {1}, ANY)
                .with("text", new float[] {2}, ANY);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
    }
}

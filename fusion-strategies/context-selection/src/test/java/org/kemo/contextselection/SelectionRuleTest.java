package org.kemo.contextselection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;
import org.kemo.contextselection.ContextSelectionOptions.Otherwise;

/** An example gives every cue to every modality, so there are six rules here: each of the three cues for audio, then for text. */
final class SelectionRuleTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");
    private static final float[] ANY = {1, 2};
    private static final float[] AUDIO_SAYS = {0.9f, 0.1f};
    private static final float[] TEXT_SAYS = {0.2f, 0.8f};

    /** Loud is above -20 dB, wide above 6 semitones, long above 10 tokens; a text is neither loud nor wide. */
    private static final Map<String, FloatTensor> THRESHOLDS = Map.of(
            "threshold/audio/loudness", number(-20),
            "threshold/audio/f0-range", number(6),
            "threshold/text/tokens", number(10));

    @Test
    void choosesTheSoundWhereItIsLoud() {
        expect(choose(Otherwise.MEAN, -15, 2, 30), 1, 0.9f, 0);
    }

    @Test
    void choosesTheSoundWhereItsPitchIsWide() {
        expect(choose(Otherwise.MEAN, -25, 8, 30), 1, 0.9f, 2);
    }

    @Test
    void choosesTheTextWhereItIsLong() {
        expect(choose(Otherwise.MEAN, -25, 2, 11), 0, 0.2f, 5);
    }

    @Test
    void takesTheMeanWhereNothingIsAboveItsThreshold() {
        // On the threshold is not above it. (0.9 + 0.2) / 2
        expect(choose(Otherwise.MEAN, -20, 6, 10), 0.5f, 0.55f, 6);
    }

    @Test
    void takesTheSurestWhereNothingIsAboveItsThreshold() {
        // 0.9 against 0.8
        expect(choose(Otherwise.CONFIDENT, -25, 2, 3), 1, 0.9f, 6);
    }

    @Test
    void doesNotTakeTheSilenceOfWhatIsMissingForLoud() {
        // The cues of a missing modality are 0, which is above -20 dB.
        Map<String, FloatTensor> answer = new FusionExample(strategy(Otherwise.MEAN), LABELS)
                .without("audio", 2)
                .with("text", ANY, TEXT_SAYS, Map.of("loudness", 0.0, "f0-range", 0.0, "tokens", 3.0))
                .answer(THRESHOLDS);
        expect(answer, 0, 0.2f, 6);
    }

    @Test
    void setsThresholdsAtAQuantileOfTheTrainingUtterancesThatHaveTheCue() {
        // numpy.quantile([1, 2, 4, 8], 0.4) = 2.4: 0.4 of 3 steps is 1.2, 2 + 0.2 (4 - 2).
        ContextSelection strategy = new ContextSelection(new ContextSelectionOptions(
                List.of("loudness", "tokens"), 0.4, Map.of("loudness", -20.0), Otherwise.MEAN));
        List<FusionTrainingData.Example> examples = DoubleStream.of(4, 1, 8, 2)
                .mapToObj(tokens -> new FusionTrainingData.Example(
                        "sad",
                        Map.of(
                                AUDIO, Map.of("loudness", -30f),
                                TEXT, Map.of("tokens", (float) tokens))))
                .toList();
        Map<String, FloatTensor> fitted = strategy.fit(new FusionTrainingData(LABELS, examples));
        assertThat(fitted).containsOnlyKeys("threshold/text/tokens");
        assertThat(fitted.get("threshold/text/tokens").at(0)).isCloseTo(2.4f, within(1e-6f));
    }

    @Test
    void refusesACueThatNoModalityGives() {
        Map<Modality, List<String>> cues = new LinkedHashMap<>();
        cues.put(AUDIO, List.of("loudness"));
        cues.put(TEXT, List.of("tokens"));
        assertThatThrownBy(() -> strategy(Otherwise.MEAN).check(new FusionInputs(LABELS, cues)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[f0-range]")
                .hasMessageContaining("{audio=[loudness], text=[tokens]}");
    }

    @Test
    void refusesAThresholdOfNoCueAndACueThatIsNamedTwice() {
        assertThatThrownBy(
                        () -> new ContextSelectionOptions(List.of("tokens"), 0.5, Map.of("token", 3.0), Otherwise.MEAN))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("The threshold of [token] belongs to none of the cues [tokens]");
        assertThatThrownBy(
                        () -> new ContextSelectionOptions(List.of("tokens", "tokens"), 0.5, Map.of(), Otherwise.MEAN))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[tokens, tokens] hold one twice");
    }

    private static FloatTensor number(float value) {
        return FloatTensor.of(new float[] {value}, 1);
    }

    private static ContextSelection strategy(Otherwise otherwise) {
        return new ContextSelection(
                new ContextSelectionOptions(List.of("loudness", "f0-range", "tokens"), 0.5, Map.of(), otherwise));
    }

    private static Map<String, FloatTensor> choose(Otherwise otherwise, double loudness, double range, double tokens) {
        return new FusionExample(strategy(otherwise), LABELS)
                .with("audio", ANY, AUDIO_SAYS, Map.of("loudness", loudness, "f0-range", range, "tokens", 0.0))
                .with("text", ANY, TEXT_SAYS, Map.of("loudness", 0.0, "f0-range", 0.0, "tokens", tokens))
                .answer(THRESHOLDS);
    }

    private static void expect(Map<String, FloatTensor> answer, float lambda, float happy, int rule) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
        assertThat(answer.get("weight/audio").at(0, 0)).isEqualTo(lambda);
        assertThat(answer.get("weight/text").at(0, 0)).isEqualTo(1 - lambda);
        float[] one = new float[7];
        one[rule] = 1;
        assertThat(answer.get("diagnostic/rule").values()).containsExactly(one);
    }
}

package org.kemo.cmbert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;
import org.kemo.cmbert.CmBertOptions.Summary;

/**
 * Two words [1 0] and [0 1], and sound that is 3 at the first and 4 at the second. Compared in one number:
 *
 * <pre>
 * X_t' = [1; 0], norm 1: alpha = [1 0; 0 0]
 * X_a' = [3; 4], norm 5: beta = [9 12; 12 16] / 5
 * w_t = 1, w_a = 5/3:    W_f = [1 + 3  4; 4  16/3]
 * W_m = [1/2  1/2; s  1 - s] with s = 1 / (1 + e^(4/3)) = 0.2086089
 * X_att = W_m, since X_t is the identity
 * X_t + X_att = [3/2 1/2; s  2 - s], and a layer norm over two numbers is 1 for the larger and -1 for the other:
 * [1 -1; -1 1]
 * </pre>
 */
final class CmBertFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final FloatTensor WORDS = FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2);
    private static final FloatTensor SOUND = FloatTensor.of(new float[] {3, 4}, 2, 1);
    private static final float[] TEXT = {0.2f, 0.8f};
    private static final float[] AUDIO = {0.9f, 0.1f};

    private final Map<String, FloatTensor> parameters = new HashMap<>(Map.of(
            "text/projection/weight", FloatTensor.of(new float[] {1, 0}, 2, 1),
            "text/share", FloatTensor.of(new float[] {1}, 1),
            "audio/projection/weight", FloatTensor.of(new float[] {1}, 1, 1),
            "audio/share", FloatTensor.of(new float[] {5 / 3f}, 1),
            "dense/weight", FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2),
            "dense/bias", FloatTensor.of(new float[] {0, 0}, 2),
            "norm/scale", FloatTensor.of(new float[] {1, 1}, 2),
            "norm/shift", FloatTensor.of(new float[] {0, 0}, 2),
            // [1 -1] makes the scores ln 3 and 0.
            "out/weight", FloatTensor.of(new float[] {0.5493061f, 0, -0.5493061f, 0}, 2, 2),
            "out/bias", FloatTensor.of(new float[] {0, 0}, 2)));

    @Test
    void classifiesTheFirstWordAfterTheAttention() {
        // Words at 1/4 and 3/4 of the sentence, between places at 0 and 1/3, 2/3 and 1: a quarter on the outer ones.
        expect(answer(Summary.FIRST, SOUND), 0.75f, 1 / 8f, 3 / 8f, 3 / 8f, 1 / 8f);
    }

    @Test
    void normalisesAfterTheLinearLayer() {
        // The layer of [3/2 1/2] gives [3/2 - 1  2 (1/2)] = [1/2 1], whose norm is [-1 1]: scores -ln 3 and 0.
        parameters.put("dense/weight", FloatTensor.of(new float[] {1, 0, 0, 2}, 2, 2));
        parameters.put("dense/bias", FloatTensor.of(new float[] {-1, 0}, 2));
        assertThat(answer(Summary.FIRST, SOUND).get("probabilities").at(0, 0)).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void takesTheMeanOverTheWords() {
        // ([1 -1] + [-1 1]) / 2 = [0 0]. Attention of both words: (1/2 + s) / 2 = 0.3543044 on the first word.
        expect(
                answer(Summary.MEAN, SOUND),
                0.5f,
                0.3543044f / 4,
                0.3543044f * 3 / 4,
                0.6456956f * 3 / 4,
                0.6456956f / 4);
    }

    @Test
    void poolsFramesToWordsByTheirShareOfTheTime() {
        // Of four frames, two for each word: their means are 3 and 4 again.
        FloatTensor four = FloatTensor.of(new float[] {2, 4, 1, 7}, 4, 1);
        expect(answer(Summary.FIRST, four), 0.75f, 1 / 8f, 3 / 8f, 3 / 8f, 1 / 8f);
    }

    @Test
    void comparesTheWordsAloneWhereTheSoundIsMissing() {
        // W_f = [1 0; 0 0], W_m of the first word [e 1] / (e + 1) = [0.7310586 0.2689414]; [1.7310586 0.2689414] has
        // the layer norm [1 -1].
        Map<String, FloatTensor> answer = new FusionExample(strategy(Summary.FIRST), LABELS)
                .without("audio", 1)
                .with("text", WORDS, TEXT)
                .answer(parameters);
        expect(answer, 0.75f, 0.7310586f / 4, 0.7310586f * 3 / 4, 0.2689414f * 3 / 4, 0.2689414f / 4);
    }

    /** Over one word the softmax is 1; of one frame all words have the same beta, which is lost in it. */
    @Test
    void givesTheSoundNoSayWhereThereIsOneWordOrOneFrame() {
        FloatTensor word = FloatTensor.of(new float[] {1, 0}, 1, 2);
        for (FloatTensor sound : List.of(SOUND, FloatTensor.of(new float[] {-7, 2}, 2, 1))) {
            Map<String, FloatTensor> answer = new FusionExample(strategy(Summary.FIRST), LABELS)
                    .with("audio", sound, AUDIO)
                    .with("text", word, TEXT)
                    .answer(parameters);
            expect(answer, 0.75f, 0, 0.5f, 0.5f, 0);
        }
        // The words alone, as where the sound is missing.
        for (float loud : new float[] {3, -2}) {
            expect(
                    answer(Summary.FIRST, FloatTensor.of(new float[] {loud}, 1, 1)),
                    0.75f,
                    0.7310586f / 4,
                    0.7310586f * 3 / 4,
                    0.2689414f * 3 / 4,
                    0.2689414f / 4);
        }
    }

    @Test
    void letsTheSoundAnswerByItselfWhereTheWordsAreMissing() {
        Map<String, FloatTensor> answer = new FusionExample(strategy(Summary.FIRST), LABELS)
                .with("audio", SOUND, AUDIO)
                .without("text", 2)
                .answer(parameters);
        expect(answer, 0.9f, 0, 0, 0, 0);
    }

    @Test
    void refusesModalitiesWithoutWordsOrWithNothingElse() {
        assertThatThrownBy(() -> strategy(Summary.FIRST).check(inputs("audio", "face")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[text] that holds the words is none of [audio, face]");
        assertThatThrownBy(() -> strategy(Summary.FIRST).check(inputs("text")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("attention of [text]");
    }

    private static FusionInputs inputs(String... modalities) {
        return FusionInputs.of(LABELS, Stream.of(modalities).map(Modality::of).toList());
    }

    private static CmBertFusion strategy(Summary summary) {
        return new CmBertFusion(new CmBertOptions("text", 1, summary, 0));
    }

    private Map<String, FloatTensor> answer(Summary summary, FloatTensor sound) {
        return new FusionExample(strategy(summary), LABELS)
                .with("audio", sound, AUDIO)
                .with("text", WORDS, TEXT)
                .answer(parameters);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy, float... attention) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
        assertThat(answer.get("diagnostic/attention").values()).containsExactly(attention, within(1e-6f));
    }
}

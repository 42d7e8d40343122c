package org.kemo.crossmodalalignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;
import org.kemo.api.fusion.FusionInputs;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;
import org.kemo.crossmodalalignment.CrossModalAlignmentOptions.Prior;

/**
 * Two words, 1 and 0, and two frames, 0 and ln 3, one wide. With W = [1] the similarities are
 *
 * <pre>
 * [1 (0)  1 (ln 3)]        [1/4 3/4]
 * [0      0       ]   E =  [1/2 1/2]   (11)
 * </pre>
 *
 * phi is the word itself, 1 and 0, and psi what it found. Of the mean over the words, the first is one half.
 */
final class AlignmentFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad");
    private static final FloatTensor WORDS = FloatTensor.of(new float[] {1, 0}, 2, 1);
    private static final FloatTensor FRAMES = FloatTensor.of(new float[] {0, 1.0986123f}, 2, 1);
    private static final float[] TEXT = {0.2f, 0.8f};
    private static final float[] AUDIO = {0.9f, 0.1f};

    /** The classifier makes ln 3 of 3/8 ln 3, the mean without a prior. */
    private static final Map<String, FloatTensor> PARAMETERS = Map.of(
            "words/weight", number(1, 1, 1),
            "words/bias", number(0, 1),
            "audio/similarity/weight", number(1, 1, 1),
            "audio/frames/weight", number(1, 1, 1),
            "audio/frames/bias", number(0, 1),
            "out/weight", FloatTensor.of(new float[] {8 / 3f, 0}, 1, 2),
            "out/bias", FloatTensor.of(new float[] {0, 0}, 2));

    @Test
    void multipliesEachWordWithTheFramesThatItAttendsTo() {
        // S_1 = 1 (3/4 ln 3), S_2 = 0: mean 3/8 ln 3, scores ln 3 and 0: 3 : 1.
        Map<String, FloatTensor> answer = example(Prior.NONE, 1, 1).answer(PARAMETERS);
        expect(answer, 0.75f);
        // The frames stand at 1/4 and 3/4: between the places 0 and 1/3, 2/3 and 1, at a quarter of the way from the
        // inner one. E of both words there, [1/16 3/16 9/16 3/16] and [1/8 3/8 3/8 1/8], has this mean.
        assertThat(answer.get("diagnostic/attention.audio").values())
                .containsExactly(new float[] {3 / 32f, 9 / 32f, 15 / 32f, 5 / 32f}, within(1e-6f));
    }

    @Test
    void doublesWhatIsFoundWhereThePriorIsTwoEverywhere() {
        // (12) Twice the mean: 2 ln 3 and 0, 9 : 1.
        expect(example(Prior.FILE, 1, 1).answer(with("prior", number(2, 1, 1))), 0.9f);
    }

    @Test
    void learnsThePriorAsALogarithm() {
        // e^0 = 1, e^ln 2 = 2
        expect(example(Prior.LEARNED, 1, 1).answer(with("audio/prior", number(0, 1, 1))), 0.75f);
        expect(example(Prior.LEARNED, 1, 1).answer(with("audio/prior", number(0.6931472f, 1, 1))), 0.9f);
    }

    @Test
    void readsThePriorWhereWordsAndFramesStandInTime() {
        // Of two places, the first word is at 1/4: 3/4 of the first place and 1/4 of the second. So are the frames:
        // M = [3/4 1/4; 1/4 3/4] [1 0; 0 1] [3/4 1/4; 1/4 3/4] has 2 (3/4) (1/4) = 3/8 for the first word and the
        // second frame. S_1 = 3/4 (3/8) ln 3, the score is 3/8 ln 3: 3^0.375 = 1.5098036, and 1.5098036 / 2.5098036
        FloatTensor identity = FloatTensor.of(new float[] {1, 0, 0, 1}, 2, 2);
        expect(example(Prior.FILE, 2, 2).answer(with("prior", identity)), 0.6015624f);
    }

    @Test
    void letsWhatIsThereAnswerByItself() {
        CrossModalAlignment strategy = strategy(Prior.NONE, 1, 1);
        expect(
                new FusionExample(strategy, LABELS)
                        .without("audio", 1)
                        .with("text", WORDS, TEXT)
                        .answer(PARAMETERS),
                0.2f);
        expect(
                new FusionExample(strategy, LABELS)
                        .with("audio", FRAMES, AUDIO)
                        .without("text", 1)
                        .answer(PARAMETERS),
                0.9f);
    }

    @Test
    void refusesModalitiesThatCannotBeAligned() {
        CrossModalAlignment strategy = strategy(Prior.NONE, 1, 1);
        assertThatThrownBy(() -> strategy.check(inputs("audio", "face")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[text] that attends is none of [audio, face]");
        assertThatThrownBy(() -> strategy.check(inputs("text")))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("nothing to align [text] to");
    }

    @Test
    void refusesAFileThatDoesNotBelongToThePrior() {
        assertThatThrownBy(() -> new CrossModalAlignmentOptions("text", 1, Prior.FILE, Optional.empty(), 1, 1, 0))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("there is no priorFile");
        assertThatThrownBy(() -> new CrossModalAlignmentOptions(
                        "text", 1, Prior.LEARNED, Optional.of(Path.of("prior.txt")), 1, 1, 0))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[prior.txt], which nothing reads");
    }

    private static FloatTensor number(float value, int... shape) {
        return FloatTensor.of(new float[] {value}, shape);
    }

    private static Map<String, FloatTensor> with(String name, FloatTensor value) {
        Map<String, FloatTensor> more = new LinkedHashMap<>(PARAMETERS);
        more.put(name, value);
        return more;
    }

    private static FusionInputs inputs(String... modalities) {
        return FusionInputs.of(LABELS, Stream.of(modalities).map(Modality::of).toList());
    }

    private static CrossModalAlignment strategy(Prior prior, int tokens, int frames) {
        Optional<Path> file = prior == Prior.FILE ? Optional.of(Path.of("prior.txt")) : Optional.empty();
        return new CrossModalAlignment(new CrossModalAlignmentOptions("text", 1, prior, file, tokens, frames, 0));
    }

    private static FusionExample example(Prior prior, int tokens, int frames) {
        return new FusionExample(strategy(prior, tokens, frames), LABELS)
                .with("audio", FRAMES, AUDIO)
                .with("text", WORDS, TEXT);
    }

    private static void expect(Map<String, FloatTensor> answer, float happy) {
        assertThat(answer.get("probabilities").values()).containsExactly(new float[] {happy, 1 - happy}, within(1e-6f));
    }
}

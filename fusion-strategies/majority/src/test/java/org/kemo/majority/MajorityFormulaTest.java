package org.kemo.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kemo.api.LabelSpace;
import org.kemo.api.fusion.FusionTrainingData;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.testkit.FusionExample;

final class MajorityFormulaTest {
    private static final LabelSpace LABELS = LabelSpace.of("happy", "sad", "angry");
    private static final float[] ANY = {1, 2};
    private static final float[] SURE = {0.98f, 0.01f, 0.01f};

    @Test
    void answersWithTheShareOfEachClass() {
        // happy 1, sad 2, angry 1 of 4.
        assertThat(answer(MajorityOptions.Answer.DISTRIBUTION, "sad", "happy", "sad", "angry"))
                .containsExactly(0.25f, 0.5f, 0.25f);
    }

    @Test
    void answersWithTheMostFrequentClassAlone() {
        assertThat(answer(MajorityOptions.Answer.CLASS, "sad", "happy", "sad", "angry"))
                .containsExactly(0, 1, 0);
    }

    @Test
    void answersWithTheFirstOfSeveralThatAreAsFrequent() {
        assertThat(answer(MajorityOptions.Answer.CLASS, "angry", "sad", "sad", "angry", "happy"))
                .containsExactly(0, 1, 0);
    }

    @Test
    void givesNoModalityAWeight() {
        Map<String, FloatTensor> answer = example(new Majority(new MajorityOptions(MajorityOptions.Answer.CLASS)))
                .answer(Map.of());
        assertThat(answer.get("weight/audio").values()).containsExactly(0);
        assertThat(answer.get("weight/text").values()).containsExactly(0);
    }

    private static float[] answer(MajorityOptions.Answer kind, String... labels) {
        Majority strategy = new Majority(new MajorityOptions(kind));
        List<FusionTrainingData.Example> examples = Stream.of(labels)
                .map(label -> new FusionTrainingData.Example(label, Map.of()))
                .toList();
        return example(strategy)
                .answer(strategy.fit(new FusionTrainingData(LABELS, examples)))
                .get("probabilities")
                .values();
    }

    private static FusionExample example(Majority strategy) {
        return new FusionExample(strategy, LABELS).with("audio", ANY, SURE).with("text", ANY, SURE);
    }
}

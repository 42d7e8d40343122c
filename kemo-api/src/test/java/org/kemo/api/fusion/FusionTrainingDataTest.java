package org.kemo.api.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kemo.api.LabelSpace;
import org.kemo.api.Modality;

final class FusionTrainingDataTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");
    private static final FusionTrainingData DATA = new FusionTrainingData(
            LabelSpace.of("happy", "sad", "angry"),
            List.of(
                    new FusionTrainingData.Example(
                            "sad", Map.of(AUDIO, Map.of("loudness", -20f), TEXT, Map.of("tokens", 3f))),
                    new FusionTrainingData.Example("happy", Map.of(TEXT, Map.of("tokens", 5f))),
                    new FusionTrainingData.Example("sad", Map.of(AUDIO, Map.of("loudness", -30f))),
                    new FusionTrainingData.Example("sad", Map.of())));

    @Test
    void countsTheClassesInTheOrderOfTheLabels() {
        assertThat(DATA.distribution().values()).containsExactly(0.25f, 0.75f, 0);
    }

    @Test
    void givesACueOfThoseThatHaveIt() {
        assertThat(DATA.cue(AUDIO, "loudness")).containsExactly(-20, -30);
        assertThat(DATA.cue(TEXT, "tokens")).containsExactly(3, 5);
        assertThat(DATA.cue(TEXT, "loudness")).isEmpty();
        assertThat(DATA.cue(Modality.of("face"), "loudness")).isEmpty();
    }

    @Test
    void keepsTheCuesOfAnUtteranceInTheirOrder() {
        Map<String, Float> cues = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            cues.put("cue" + i, (float) i);
        }

        assertThat(new FusionTrainingData.Example("sad", Map.of(AUDIO, cues))
                        .cues()
                        .get(AUDIO))
                .containsExactlyEntriesOf(cues);
    }
}

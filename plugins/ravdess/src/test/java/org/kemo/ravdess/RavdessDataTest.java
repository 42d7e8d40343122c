package org.kemo.ravdess;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.testkit.TestData;

/** Reads 20 actors of RAVDESS, where the environment variable KEMO_TEST_DATA leads to them. */
class RavdessDataTest {
    private static final List<Integer> ACTORS =
            List.of(1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 23, 24);

    @Test
    void readsSixtyClipsOfEachOfTwentyActors() {
        Dataset dataset = read(Protocol.SPEAKER_INDEPENDENT, List.of(1, 11, 20, 21));

        assertThat(dataset.problems()).isEmpty();
        assertThat(count(dataset, utterance -> utterance.speaker().orElseThrow()))
                .hasSize(20)
                .allSatisfy((speaker, clips) -> assertThat(clips).isEqualTo(60));
        assertThat(count(dataset, utterance -> utterance.label().orElseThrow()))
                .containsEntry("neutral", 80L)
                .containsEntry("surprised", 160L)
                .hasSize(8);
        assertThat(count(dataset, utterance -> utterance.split().name()))
                .isEqualTo(Map.of("TEST", 240L, "TRAIN", 960L));
    }

    @Test
    void holdsOutATenthOfEachClassByTheLeakyProtocol() {
        Dataset dataset = read(Protocol.EVERY_TENTH, List.of());

        assertThat(dataset.utterances())
                .filteredOn(utterance -> utterance.split() == Split.TEST)
                .hasSize(8 + 7 * 16);
    }

    private static Dataset read(Protocol protocol, List<Integer> testSpeakers) {
        ACTORS.forEach(actor -> TestData.at("ravdess16k/Actor_" + (actor < 10 ? "0" : "") + actor));
        return new RavdessReader(new RavdessOptions(
                        TestData.at("ravdess16k"), ACTORS, List.of(), "audio", protocol, testSpeakers, List.of()))
                .read();
    }

    private static Map<String, Long> count(Dataset dataset, Function<Utterance, String> property) {
        return dataset.utterances().stream().collect(groupingBy(property, counting()));
    }
}

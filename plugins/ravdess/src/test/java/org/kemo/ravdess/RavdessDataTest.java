package org.kemo.ravdess;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;

/** Reads the development part of RAVDESS, 20 actors, where the environment variable KEMO_DATA leads to it. */
class RavdessDataTest {
    private static final Path ROOT = Path.of(
                    Optional.ofNullable(System.getenv("KEMO_DATA")).orElse("../../../shared/data"))
            .resolve("ravdess16k");

    @BeforeEach
    void needsTheData() {
        assumeTrue(Files.isDirectory(ROOT), "RAVDESS is not at [" + ROOT.toAbsolutePath() + "]: set KEMO_DATA.");
    }

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
        return new RavdessReader(
                        new RavdessOptions(ROOT, List.of(), List.of(), "audio", protocol, testSpeakers, List.of()))
                .read();
    }

    private static Map<String, Long> count(Dataset dataset, Function<Utterance, String> property) {
        return dataset.utterances().stream().collect(groupingBy(property, counting()));
    }
}

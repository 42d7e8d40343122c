package org.kemo.textlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Split;

/** Reads the DAIR-AI emotion lines, in English and in Kazakh, where the environment variable KEMO_DATA leads to them. */
class TextLinesDataTest {
    private static final Path DATA =
            Path.of(Optional.ofNullable(System.getenv("KEMO_DATA")).orElse("../../../shared/data"));

    @Test
    void readsBothLanguagesWithTheirSides() {
        Path english = DATA.resolve("dair-emotion");
        Path kazakh = DATA.resolve("dair-emotion-kk");
        assumeTrue(
                Files.isDirectory(english) && Files.isDirectory(kazakh),
                "The DAIR-AI lines are not at [" + DATA.toAbsolutePath() + "]: set KEMO_DATA.");

        Dataset dataset = new TextLinesReader(new TextLinesOptions(
                        List.of(english.resolve("train.txt"), kazakh.resolve("train.txt")),
                        Split.NONE,
                        List.of(english.resolve("val.txt"), kazakh.resolve("val.txt")),
                        List.of(),
                        List.of(),
                        ";",
                        LineOrder.TEXT_FIRST,
                        "text",
                        0))
                .read();

        assertThat(dataset.problems()).isEmpty();
        assertThat(dataset.utterances())
                .hasSize(36_000)
                .extracting(utterance -> utterance.label().orElseThrow())
                .containsOnly("sadness", "joy", "love", "anger", "fear", "surprise");
        assertThat(dataset.utterances())
                .filteredOn(utterance -> utterance.split() == Split.VALIDATION)
                .hasSize(4_000);
        assertThat(dataset.utterances().get(35_999).id()).isEqualTo("dair-emotion-kk-val-2000");
    }
}

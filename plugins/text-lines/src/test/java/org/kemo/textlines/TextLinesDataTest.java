package org.kemo.textlines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.Split;
import org.kemo.api.testkit.TestData;

/** Reads the DAIR-AI emotion lines, in English and in Kazakh, where the environment variable KEMO_TEST_DATA leads to them. */
class TextLinesDataTest {
    @Test
    void readsBothLanguagesWithTheirSides() {
        Dataset dataset = new TextLinesReader(new TextLinesOptions(
                        List.of(TestData.at("dair-emotion/train.txt"), TestData.at("dair-emotion-kk/train.txt")),
                        Split.NONE,
                        List.of(TestData.at("dair-emotion/val.txt"), TestData.at("dair-emotion-kk/val.txt")),
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

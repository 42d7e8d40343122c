package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.StageConfiguration.Grouping;
import tools.jackson.databind.JsonNode;

class FoldsTest {
    @Test
    void areThoseOfScikitLearn() throws IOException {
        for (JsonNode reference : PairedComparisonTest.reference().get("folds").values()) {
            List<Utterance> utterances = new ArrayList<>();
            Map<String, Integer> expected = new HashMap<>();
            for (int i = 0; i < reference.get("folds").size(); i++) {
                utterances.add(said(
                        "u" + i,
                        reference.get("groups").get(i).asString(),
                        reference.get("labels").get(i).asString()));
                expected.put("u" + i, reference.get("folds").get(i).asInt());
            }

            List<List<Utterance>> folds = new Folds(4, Grouping.SPEAKER, OptionalLong.empty()).of(utterances);

            for (int fold = 0; fold < 4; fold++) {
                assertThat(folds.get(fold))
                        .extracting(utterance -> expected.get(utterance.id()))
                        .containsOnly(fold);
            }
            assertThat(folds.stream().mapToInt(List::size).sum()).isEqualTo(utterances.size());
        }
    }

    @Test
    void keepSpeakersTogetherAndDifferWithTheSeed() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            utterances.add(said("u" + i, "s" + i % 15, i % 2 == 0 ? "happy" : "sad"));
        }
        List<List<Utterance>> one = new Folds(5, Grouping.SPEAKER, OptionalLong.of(1)).of(utterances);

        List<Set<String>> speakers = one.stream()
                .map(fold -> fold.stream()
                        .map(utterance -> utterance.speaker().orElseThrow())
                        .collect(Collectors.toSet()))
                .toList();
        assertThat(speakers.stream().mapToInt(Set::size).sum()).isEqualTo(15);
        assertThat(new Folds(5, Grouping.SPEAKER, OptionalLong.of(1)).of(utterances))
                .isEqualTo(one);
        assertThat(new Folds(5, Grouping.SPEAKER, OptionalLong.of(2)).of(utterances))
                .isNotEqualTo(one);
    }

    @Test
    void haveTheClassesOfTheWholeWhereUtterancesStandAlone() {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            utterances.add(said("u" + i, "s1", i < 80 ? "happy" : "sad"));
        }

        assertThat(new Folds(5, Grouping.UTTERANCE, OptionalLong.of(3)).of(utterances))
                .allSatisfy(fold -> {
                    assertThat(fold).hasSize(20);
                    assertThat(fold.stream().filter(each -> each.label().equals(Optional.of("sad"))))
                            .hasSize(4);
                });
    }

    @Test
    void needAsManySpeakersAsFolds() {
        List<Utterance> utterances = List.of(said("a", "s1", "sad"), said("b", "s2", "sad"));

        assertThatThrownBy(() -> new Folds(3, Grouping.SPEAKER, OptionalLong.empty()).of(utterances))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("Of [2] speakers there cannot be [3] folds.");
    }

    private static Utterance said(String id, String speaker, String label) {
        return new Utterance(id, Map.of(), Optional.of(label), Optional.of(speaker), Split.NONE);
    }
}

package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.configuration.StageConfiguration.Grouping;

class HoldOutTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void hasNoSpeakerOnBothSides(long seed) {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            // Speakers of 12 to 36 utterances.
            utterances.add(utterance(i, "label-" + i % 3, Optional.of("speaker-" + (i * i) % 11)));
        }

        HoldOut.Sides sides = new HoldOut(0.2, Grouping.SPEAKER, seed).part(utterances);

        assertThat(speakers(sides.kept())).doesNotContainAnyElementsOf(speakers(sides.heldOut()));
        assertThat(sides.kept().size() + sides.heldOut().size()).isEqualTo(240);
        // As near to 48 as half of the largest speaker.
        assertThat(sides.heldOut()).hasSizeBetween(48 - 22, 48 + 22);
    }

    @Test
    void holdsOutOneSpeakerEvenForASmallShareAndKeepsOneEvenForALargeOne() {
        List<Utterance> utterances = IntStream.range(0, 30)
                .mapToObj(i -> utterance(i, "joy", Optional.of("s" + i % 3)))
                .toList();

        assertThat(new HoldOut(0.01, Grouping.SPEAKER, 5).part(utterances).heldOut())
                .hasSize(10);
        assertThat(new HoldOut(0.99, Grouping.SPEAKER, 5).part(utterances).kept())
                .hasSize(10);
    }

    @Test
    void holdsOutNoSpeakerWhoHasNearlyAllThatThereIs() {
        List<Utterance> utterances = IntStream.range(0, 100)
                .mapToObj(i -> utterance(i, "joy", Optional.of(i < 95 ? "often" : "rarely")))
                .toList();

        for (int seed = 0; seed < 10; seed++) {
            assertThat(new HoldOut(0.1, Grouping.SPEAKER, seed).part(utterances).heldOut())
                    .as("seed %d", seed)
                    .hasSize(5);
        }
    }

    @Test
    void drawsOtherSpeakersWithSmallSeedsToo() {
        List<Utterance> utterances = IntStream.range(0, 100)
                .mapToObj(i -> utterance(i, "joy", Optional.of("s" + i % 2)))
                .toList();

        assertThat(IntStream.range(0, 10)
                        .mapToObj(seed -> speakers(new HoldOut(0.1, Grouping.SPEAKER, seed)
                                .part(utterances)
                                .heldOut()))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void holdsOutTheShareOfEachLabelByUtterance() {
        List<Utterance> utterances = IntStream.range(0, 100)
                .mapToObj(i -> utterance(i, i < 15 ? "rare" : i < 50 ? "some" : "many", Optional.of("one")))
                .toList();

        HoldOut.Sides sides = new HoldOut(0.1, Grouping.UTTERANCE, 1).part(utterances);

        // 1.5, 3.5 and 5 of 10; the one left over goes to the first of the largest remainders.
        assertThat(labels(sides.heldOut())).isEqualTo(Map.of("rare", 2L, "some", 3L, "many", 5L));
        assertThat(sides.kept()).doesNotContainAnyElementsOf(sides.heldOut()).hasSize(90);
    }

    @Test
    void treatsUtterancesWithoutSpeakerOneByOne() {
        List<Utterance> utterances = IntStream.range(0, 100)
                .mapToObj(i -> utterance(i, i % 2 == 0 ? "joy" : "fear", Optional.empty()))
                .toList();

        assertThat(labels(new HoldOut(0.2, Grouping.SPEAKER, 1).part(utterances).heldOut()))
                .isEqualTo(Map.of("joy", 10L, "fear", 10L));
    }

    @Test
    void givesTheSameSidesForTheSameSeedAndOthersForAnother() {
        List<Utterance> utterances = IntStream.range(0, 100)
                .mapToObj(i -> utterance(i, "joy", Optional.of("s" + i % 10)))
                .toList();

        for (Grouping grouping : Grouping.values()) {
            HoldOut.Sides once = new HoldOut(0.2, grouping, 7).part(utterances);
            assertThat(new HoldOut(0.2, grouping, 7).part(utterances)).isEqualTo(once);
            assertThat(new HoldOut(0.2, grouping, 8).part(utterances)).isNotEqualTo(once);
        }
    }

    @Test
    void refusesASingleSpeakerAndTooFewUtterances() {
        List<Utterance> alone = List.of(utterance(0, "joy", Optional.of("01")), utterance(1, "joy", Optional.of("01")));

        assertThatThrownBy(() -> new HoldOut(0.5, Grouping.SPEAKER, 1).part(alone))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("single speaker [01]");
        assertThatThrownBy(() -> new HoldOut(0.1, Grouping.UTTERANCE, 1).part(alone))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("Of [2] utterances");
        assertThatThrownBy(() -> new HoldOut(1, Grouping.UTTERANCE, 1)).isInstanceOf(KemoException.class);
    }

    private static Utterance utterance(int index, String label, Optional<String> speaker) {
        return new Utterance("u" + index, Map.of(), Optional.of(label), speaker, Split.NONE);
    }

    private static List<String> speakers(List<Utterance> utterances) {
        return utterances.stream()
                .map(utterance -> utterance.speaker().orElseThrow())
                .distinct()
                .toList();
    }

    private static Map<String, Long> labels(List<Utterance> utterances) {
        return utterances.stream()
                .collect(Collectors.groupingBy(utterance -> utterance.label().orElseThrow(), Collectors.counting()));
    }
}

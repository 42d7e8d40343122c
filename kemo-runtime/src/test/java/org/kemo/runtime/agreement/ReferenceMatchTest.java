package org.kemo.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceMatchTest {
    private static final Map<String, String> SENTIMENT = Map.of("happy", "positive", "sad", "negative");

    @Test
    void countsLabelsRatersAndMajorities() {
        Annotations annotations = with(
                List.of("positive", "positive", "negative", "negative"),
                "happy happy sad",
                "sad sad happy",
                "sad sad -",
                "happy sad -");

        ReferenceMatch match = ReferenceMatch.of(annotations, SENTIMENT);

        // 2 of 3, 1 of 3, 2 of 2, 1 of 2
        assertThat(match.labels()).isEqualTo(10);
        assertThat(match.matchingRate()).isCloseTo(0.6, within(1e-12));
        assertThat(match.raters())
                .containsEntry("r0", OptionalDouble.of(0.5))
                .containsEntry("r1", OptionalDouble.of(0.75))
                .containsEntry("r2", OptionalDouble.of(0.5));
        assertThat(match.items()).isEqualTo(3);
        assertThat(match.majorityRate().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(match.ties()).isEqualTo(1);
    }

    @Test
    void comparesTheSameWordsWithoutAMap() {
        assertThat(ReferenceMatch.of(with(List.of("a", "b"), "a a", "a b"), Map.of())
                        .matchingRate())
                .isEqualTo(0.75);
    }

    @Test
    void leavesOutWhatStandsForNothing() {
        Annotations annotations = with(List.of("positive", "negative"), "happy surprised", "sad sad");

        AgreementTest.assertRefused(
                () -> ReferenceMatch.of(annotations, SENTIMENT),
                "The labels [surprised] stand for none of the reference's [negative, positive].");
        ReferenceMatch match =
                ReferenceMatch.of(annotations, Map.of("happy", "positive", "sad", "negative", "surprised", ""));
        assertThat(match.labels()).isEqualTo(3);
        assertThat(match.matchingRate()).isEqualTo(1);
    }

    @Test
    void takesAWordOfTheReferenceThatDoesNotOccurWhereThatIsSaid() {
        Annotations annotations = with(List.of("a", "a"), "a b", "a a");

        AgreementTest.assertRefused(() -> ReferenceMatch.of(annotations, Map.of()), "The labels [b]");
        AgreementTest.assertRefused(() -> ReferenceMatch.of(annotations, Map.of("b", "c")), "The labels [b]");
        assertThat(ReferenceMatch.of(annotations, Map.of("b", "b")).matchingRate())
                .isEqualTo(0.75);
    }

    @Test
    void takesAMapOfNumbersHoweverTheyAreWritten() {
        Annotations annotations = with(List.of("negative", "positive"), "1.0 1", "2.0 2.0");

        assertThat(ReferenceMatch.of(annotations, Map.of("1.0", "negative", "2.00", "positive"))
                        .matchingRate())
                .isEqualTo(1);
        AgreementTest.assertRefused(
                () -> ReferenceMatch.of(annotations, Map.of("1", "negative", "1.0", "negative")),
                "speaks of [1] twice.");
    }

    @Test
    void refusesAMapOfLabelsThatDoNotOccur() {
        AgreementTest.assertRefused(
                () -> ReferenceMatch.of(with(List.of("a"), "a a"), Map.of("hapy", "a")), "The map speaks of [hapy]");
    }

    @Test
    void refusesItemsWithoutAReference() {
        AgreementTest.assertRefused(
                () -> ReferenceMatch.of(AgreementTest.of("a a"), Map.of()), "No item has both a reference and a label");
    }

    private static Annotations with(List<String> references, String... rows) {
        Annotations annotations = AgreementTest.of(rows);
        return new Annotations(
                annotations.raters(),
                IntStream.range(0, rows.length)
                        .mapToObj(i -> new Annotations.Item(
                                "i" + i, annotations.items().get(i).labels(), Optional.of(references.get(i))))
                        .toList());
    }
}

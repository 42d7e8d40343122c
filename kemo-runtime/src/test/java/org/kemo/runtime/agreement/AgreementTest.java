package org.kemo.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;

class AgreementTest {
    private static final List<String> NO_ORDER = List.of();

    @Test
    void isCohensOwnDefinition() {
        // 3 of 4 agree; by chance (2/4 * 3/4 + 2/4 * 1/4) = 1/2: (3/4 - 1/2) / (1 - 1/2)
        Agreement agreement = nominal(of("happy happy", "happy happy", "sad happy", "sad sad"));

        assertThat(agreement.observedAgreement()).hasValue(0.75);
        assertThat(agreement.cohenKappa().mean()).hasValue(0.5);
        assertThat(agreement.categories())
                .containsExactly(
                        new Agreement.Category("happy", 5, Map.of("r0", 2, "r1", 3)),
                        new Agreement.Category("sad", 3, Map.of("r0", 2, "r1", 1)));
        assertThat(agreement.notes()).isEmpty();
    }

    @Test
    void isNotDefinedWhereOnlyOneLabelWasGiven() {
        Agreement agreement = nominal(of("happy happy", "happy happy"));

        assertThat(agreement.observedAgreement()).hasValue(1);
        assertThat(agreement.cohenKappa().mean()).isEmpty();
        assertThat(agreement.fleissKappa()).isEmpty();
        assertThat(agreement.krippendorffAlpha()).isEmpty();
        assertThat(agreement.notes())
                .containsExactly(
                        "Of the [1] pairs of raters [1] gave one and the same label throughout: their Cohen's kappa is not"
                                + " defined and in no mean.",
                        "The [2] items with [2] labels were given one label throughout: where chance cannot disagree, Fleiss' kappa"
                                + " is not defined.",
                        "All items with two labels or more were given one label throughout: where chance cannot disagree,"
                                + " Krippendorff's alpha is not defined.");
    }

    @Test
    void saysWhichFigureIsNotDefined() {
        Agreement agreement = nominal(of("a a a", "a a a", "b a -"));

        assertThat(agreement.fleissKappa()).isEmpty();
        assertThat(agreement.krippendorffAlpha()).hasValue(0);
        assertThat(agreement.notes())
                .contains(
                        "The [2] items with [3] labels were given one label throughout: where chance cannot disagree, Fleiss'"
                                + " kappa is not defined.")
                .noneMatch(note -> note.contains("alpha"));
    }

    @Test
    void leavesPairsThatShareNoItemOutOfTheMeans() {
        Agreement agreement = nominal(of("happy happy -", "sad sad -", "- happy sad", "- sad sad"));

        assertThat(agreement.cohenKappa().pairs()).map(PairAgreement::items).containsExactly(2, 0, 2);
        assertThat(agreement.observedAgreement()).hasValue(0.75);
        assertThat(agreement.notes())
                .containsExactly("Of the [3] pairs of raters [1] share no item; the means are over the others.");
    }

    @Test
    void takesTheItemsWithTheUsualNumberOfLabelsForFleissAndAllForKrippendorff() {
        Agreement agreement = nominal(of("a a b", "a a a", "b b -", "b - -"));

        // P = (1/3 + 1) / 2, P_e = (5/6)^2 + (1/6)^2 = 26/36
        assertThat(agreement.fleissKappa().orElseThrow())
                .isCloseTo((2 / 3.0 - 26 / 36.0) / (1 - 26 / 36.0), within(1e-12));
        // D_o = 2 * 2 / 2 = 2 of 8 labels, D_e = 2 * 5 * 3 / 7
        assertThat(agreement.krippendorffAlpha().orElseThrow()).isCloseTo(1 - 2 / (30 / 7.0), within(1e-12));
        assertThat(agreement.notes()).containsExactly("Fleiss' kappa is over the [2] items with [3] labels each.");
    }

    @Test
    void saysThatRatingsNeedNotBeTakenForNames() {
        Agreement agreement = nominal(of("4 5", "1 1", "5 4"));

        assertThat(agreement.ratings().orElseThrow().raters().get("r0").mean()).isCloseTo(10 / 3.0, within(1e-12));
        assertThat(agreement.notes())
                .containsExactly(
                        "All labels are numbers: at --level ordinal or interval 4 and 5 disagree less than 1 and 5.");
    }

    @Test
    void ordersNumbersByTheirSize() {
        Agreement agreement = Agreement.of(of("10 9", "2 2"), MeasurementLevel.ORDINAL, NO_ORDER);

        assertThat(agreement.categories()).map(Agreement.Category::label).containsExactly("2", "9", "10");
    }

    @Test
    void takesAnOrderOfNumbersHoweverTheyAreWritten() {
        Agreement agreement = Agreement.of(of("1.0 2.0", "2.0 2.0"), MeasurementLevel.ORDINAL, List.of("2.00", "1.0"));

        assertThat(agreement.categories()).map(Agreement.Category::label).containsExactly("2", "1");
    }

    @Test
    void countsAStepForALabelOfTheOrderThatNobodyGave() {
        Annotations annotations = of("low high", "low low", "high high", "high low", "low middle");

        assertThat(Agreement.of(annotations, MeasurementLevel.ORDINAL, List.of("low", "middle", "high"))
                        .categories())
                .map(Agreement.Category::count)
                .containsExactly(5, 1, 4);
        assertThat(Agreement.of(annotations, MeasurementLevel.ORDINAL, List.of("none", "low", "middle", "high"))
                        .categories())
                .map(Agreement.Category::count)
                .containsExactly(0, 5, 1, 4);
    }

    @Test
    void refusesLabelsWithoutTheLevelThatIsAsked() {
        Annotations names = of("low high", "low low");

        assertRefused(() -> Agreement.of(names, MeasurementLevel.INTERVAL, NO_ORDER), "[high, low] are not numbers");
        assertRefused(() -> Agreement.of(names, MeasurementLevel.ORDINAL, NO_ORDER), "have no order");
        assertRefused(
                () -> Agreement.of(names, MeasurementLevel.ORDINAL, List.of("low", "hihg")),
                "[high] are not in the order [low, hihg]");
    }

    @Test
    void refusesAnnotationsThatCannotAgree() {
        assertRefused(() -> of("happy", "sad"), "labels of [1] raters [r0]");
        assertRefused(() -> of("happy -", "- sad"), "None of the [2] items has labels of two raters.");
    }

    static void assertRefused(Runnable call, String problem) {
        assertThatThrownBy(call::run)
                .isInstanceOf(KemoException.class)
                .hasMessageContaining(problem)
                .satisfies(
                        thrown -> assertThat(((KemoException) thrown).remedy()).matches(".*[.?]"));
    }

    /** An item a row, a rater a word; a hyphen is no label. */
    static Annotations of(String... rows) {
        List<List<Optional<String>>> labels = Arrays.stream(rows)
                .map(row -> Arrays.stream(row.split(" "))
                        .map(label -> Optional.of(label).filter(each -> !each.equals("-")))
                        .toList())
                .toList();
        return new Annotations(
                IntStream.range(0, labels.get(0).size()).mapToObj(r -> "r" + r).toList(),
                IntStream.range(0, rows.length)
                        .mapToObj(i -> new Annotations.Item("i" + i, labels.get(i), Optional.empty()))
                        .toList());
    }

    private static Agreement nominal(Annotations annotations) {
        return Agreement.of(annotations, MeasurementLevel.NOMINAL, NO_ORDER);
    }
}

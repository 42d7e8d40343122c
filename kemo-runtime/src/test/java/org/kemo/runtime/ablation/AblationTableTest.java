package org.kemo.runtime.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedFigure;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedTable;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.Overrides;
import org.kemo.runtime.evaluation.PairedComparison;
import org.kemo.runtime.evaluation.ScoredLabels;

class AblationTableTest {
    private static final Variant BOTH = variant("both", Variant.Kind.ASKED);
    private static final Variant AUDIO = variant("audio alone", Variant.Kind.SINGLE);
    private static final Variant TEXT = variant("text alone", Variant.Kind.SINGLE);

    private static final String RIGHT = "a happy happy";
    private static final String RIGHT_TOO = "b sad sad";
    private static final String WRONG = "c sad happy";

    @Test
    void comparesOverTheUtterancesThatBothScored() {
        AblationTable table = table(
                TestCells.cell("both", 0, "a happy sad", "b sad happy", "c sad sad", "d happy happy"),
                TestCells.cell("both", 1, "e happy happy", "f sad sad"),
                TestCells.cell("text alone", 0, "c sad sad", "a happy happy"),
                TestCells.cell("text alone", 1, "e happy sad", "f sad sad"));

        PairedComparison accuracy = comparison(table, "accuracy");
        assertThat(accuracy.n()).isEqualTo(2);
        assertThat(accuracy.difference()).isCloseTo((0.5 - 1 + 1 - 0.5) / 2, within(1e-12));
        // Of "a" and "c" two are taken for sad: F1 of 0 and of 2/3. In the other trial it is the other way round.
        assertThat(comparison(table, "macroF1").ci95())
                .satisfiesExactly(low -> assertThat(low).isCloseTo(1.0 / 3 - 1, within(1e-12)), high -> assertThat(high)
                        .isCloseTo(1 - 1.0 / 3, within(1e-12)));
        assertThat(table.notes())
                .containsExactly(
                        "[both] and [text alone] did not score the same utterances: they are compared over the [4]"
                                + " that both scored, in [2] of [2] trials, and the row of each is over all that it"
                                + " scored.");
    }

    @Test
    void saysOfHowManyTrialsBothHaveAResultWhicheverLacksOne() {
        String note = "[both] and [text alone] did not score the same utterances: they are compared over the [2] that"
                + " both scored, in [1] of [2] trials, and the row of each is over all that it scored.";
        Cell both = TestCells.cell("both", 0, RIGHT, RIGHT_TOO);
        Cell text = TestCells.cell("text alone", 0, RIGHT, "b sad happy");

        assertThat(table(both, TestCells.cell("both", 1, RIGHT, RIGHT_TOO), text)
                        .notes())
                .containsExactly(note);
        assertThat(table(both, text, TestCells.cell("text alone", 1, RIGHT, RIGHT_TOO))
                        .notes())
                .containsExactly(note);
    }

    @Test
    void doesNotCompareWhatIsScoredInOtherClasses() {
        AblationTable table = table(
                TestCells.cell(LabelSpace.of("flat", "moved"), "both", 0, "a moved moved", "b moved moved"),
                TestCells.cell("text alone", 0, RIGHT, "b sad happy"));

        assertThat(table.comparisons()).isEmpty();
        assertThat(row(table, "both").fusionGainPoints()).isNaN();
        assertThat(table.notes())
                .contains("[both] is scored in the classes [flat, moved] and [text alone] in [happy, sad]: they are not"
                        + " compared.");
    }

    @Test
    void comparesWhatIsScoredInTheSameClassesInAnotherOrder() {
        AblationTable table = table(
                TestCells.cell(LabelSpace.of("sad", "happy"), "both", 0, RIGHT, RIGHT_TOO),
                TestCells.cell("text alone", 0, RIGHT, "b sad happy"));

        assertThat(comparison(table, "accuracy").difference()).isEqualTo(0.5);
        assertThat(table.notes()).isEmpty();
    }

    @Test
    void doesNotCompareWhatIsScoredOnDataOfOtherNames() {
        AblationTable table = table(
                TestCells.on("others", TestCells.cell("both", 0, RIGHT, RIGHT_TOO)),
                TestCells.cell("text alone", 0, RIGHT, RIGHT_TOO));

        assertThat(table.comparisons()).isEmpty();
        assertThat(table.notes())
                .containsExactly("[both] is scored on [others] and [text alone] on [made]: they are not compared. Name"
                        + " what all are scored on with [data].");
    }

    @Test
    void takesTheFiguresOfTheTrialsWhereAllScoredTheSame() {
        AblationTable table = table(
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO, WRONG),
                TestCells.cell("text alone", 0, WRONG, RIGHT, RIGHT_TOO));

        assertThat(comparison(table, "macroF1").difference()).isZero();
        assertThat(table.rows()).extracting(AblationTable.Row::fusionGain).containsOnly(0.0);
        assertThat(table.notes()).isEmpty();
    }

    @Test
    void doesNotCompareWhatHasNoUtteranceInCommon() {
        AblationTable table = table(
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO), TestCells.cell("text alone", 0, WRONG, "d happy happy"));

        assertThat(table.comparisons()).isEmpty();
        assertThat(table.notes())
                .containsExactly(
                        "[both] and [text alone] did not score the same utterances: with none in common they are not"
                                + " compared.");
        assertThat(row(table, "both").fusionGain()).isNaN();
    }

    @Test
    void measuresTheGainOverTheUtterancesOfTheBestSingleModality() {
        AblationTable table = table(
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO, WRONG, "d sad happy"),
                TestCells.cell("text alone", 0, RIGHT, "c sad sad"));

        assertThat(row(table, "both").figures().get("accuracy").mean()).isEqualTo(0.5);
        assertThat(row(table, "both").fusionGainPoints()).isEqualTo(-50);
        assertThat(row(table, "both").fusionGain()).isEqualTo(-0.5);
    }

    @Test
    void choosesTheBestSingleModalityOverTheUtterancesThatAllScored() {
        AblationTable table = table(
                TestCells.cell("audio alone", 0, RIGHT, RIGHT_TOO, WRONG, "d sad happy"),
                TestCells.cell("text alone", 0, "a happy sad", "b sad sad", "e happy happy"));

        assertThat(row(table, "text alone").figures().get("accuracy").mean())
                .isGreaterThan(
                        row(table, "audio alone").figures().get("accuracy").mean());
        assertThat(row(table, "audio alone").role().bestSingle()).isTrue();
        assertThat(row(table, "text alone").fusionGainPoints()).isEqualTo(-50);
    }

    @Test
    void correctsByTheSmallerTrainingSideWhicheverVariantHasIt() {
        double smallerFirst = resampledP(8, 32);

        assertThat(smallerFirst).isEqualTo(resampledP(32, 8)).isEqualTo(resampledP(8, 8));
        assertThat(smallerFirst).isGreaterThan(resampledP(32, 32));
    }

    @Test
    void saysWhichPublishedFiguresStandBesideNoVariant() {
        PublishedTable paper = new PublishedTable(
                "a table",
                "All of it is made up.",
                List.of(
                        new PublishedFigure("both", "theirs", Optional.of(77.1), Optional.empty()),
                        new PublishedFigure("txt alone", "their words", Optional.of(71.0), Optional.empty())));

        assertThat(table(
                                Optional.of(paper),
                                List.of(BOTH, TEXT),
                                TestCells.cell("both", 0, RIGHT),
                                TestCells.cell("text alone", 0, RIGHT))
                        .notes())
                .contains(
                        "The published figure [their words] is beside [txt alone], which is none of the variants here."
                                + " Did you mean [text alone]?")
                .noneMatch(note -> note.contains("[theirs]"));
    }

    @Test
    void refusesAPublishedShareInPlaceOfPerCent() {
        assertThatThrownBy(() -> new PublishedFigure("both", "theirs", Optional.of(0.825), Optional.empty()))
                .isInstanceOf(KemoException.class)
                .hasMessageContainingAll("[theirs]", "[accuracy: 0.825]", "[82.50]");
        assertThatThrownBy(() -> new PublishedFigure("both", "theirs", Optional.empty(), Optional.of(1.0)))
                .isInstanceOf(KemoException.class)
                .hasMessageContainingAll("[f1: 1.0]", "[100.00]");
    }

    private static double resampledP(int trainingOfBoth, int trainingOfText) {
        return comparison(
                        table(
                                TestCells.cell("both", 0, trainingOfBoth, RIGHT, RIGHT_TOO),
                                TestCells.cell("both", 1, trainingOfBoth, RIGHT, RIGHT_TOO),
                                TestCells.cell("text alone", 0, trainingOfText, RIGHT, "b sad happy"),
                                TestCells.cell("text alone", 1, trainingOfText, RIGHT, RIGHT_TOO)),
                        "accuracy")
                .resampledP();
    }

    @Test
    void givesNoOtherModalityThePlaceOfOneThatFailed() {
        AblationTable table = table(
                List.of(BOTH, AUDIO, TEXT),
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO),
                TestCells.cell("audio alone", 0, RIGHT, WRONG));

        assertThat(table.rows()).extracting(AblationTable.Row::name).containsExactly("both", "audio alone");
        assertThat(table.rows())
                .extracting(AblationTable.Row::role)
                .noneMatch(role -> role.bestSingle() || role.reference());
        assertThat(table.rows()).allSatisfy(row -> assertThat(row.fusionGain()).isNaN());
        assertThat(table.comparisons()).isEmpty();
        assertThat(table.notes())
                .containsExactly("Without a result of [text alone] it is not known which modality alone is best, and"
                        + " nothing is compared with it.");
    }

    @Test
    void givesNoOtherVariantThePlaceOfAReferenceThatFailed() {
        AblationTable table = table(
                List.of(variant("first", Variant.Kind.ASKED), BOTH, variant("majority", Variant.Kind.MAJORITY)),
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO),
                TestCells.cell("majority", 0, RIGHT, "b sad happy"));

        assertThat(table.rows()).extracting(AblationTable.Row::role).noneMatch(AblationTable.Role::reference);
        assertThat(table.comparisons()).extracting(PairedComparison::b).containsOnly("majority");
        assertThat(table.notes()).containsExactly("The reference [first] has no result: nothing is compared with it.");
    }

    @Test
    void saysInHowManyTrialsNothingIsOfAClass() {
        AblationTable table =
                table(TestCells.cell("text alone", 0, RIGHT), TestCells.cell("text alone", 1, RIGHT, RIGHT_TOO));

        assertThat(table.notes())
                .containsExactly("In [1] of the [2] trials on [made]: No utterance is of the classes [sad]:"
                        + " balancedAccuracy and aucRoc are means over the others, and with one class left there is no"
                        + " aucRoc.");
    }

    @Test
    void saysThatSignificanceIsOverSeedsWhereAllTrialsScoredTheSameUtterances() {
        AblationTable table = table(
                TestCells.cell("both", 0, RIGHT, RIGHT_TOO),
                TestCells.cell("both", 1, RIGHT, RIGHT_TOO),
                TestCells.cell("text alone", 0, RIGHT, "b sad happy"),
                TestCells.cell("text alone", 1, RIGHT, RIGHT_TOO));

        assertThat(table.notes())
                .containsExactly("The trials scored the same utterances again: significance is over seeds; it says"
                        + " nothing of other utterances.");
    }

    private static PairedComparison comparison(AblationTable table, String metric) {
        List<PairedComparison> of = table.comparisons().stream()
                .filter(each -> each.metric().equals(metric))
                .toList();
        assertThat(of).hasSize(1);
        return of.get(0);
    }

    private static AblationTable.Row row(AblationTable table, String name) {
        return table.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AblationTable table(Cell... cells) {
        Set<String> run = Stream.of(cells).map(Cell::variant).collect(Collectors.toSet());
        return table(
                Stream.of(BOTH, AUDIO, TEXT)
                        .filter(variant -> run.contains(variant.name()))
                        .toList(),
                cells);
    }

    private static AblationTable table(List<Variant> variants, Cell... cells) {
        return table(Optional.empty(), variants, cells);
    }

    private static AblationTable table(Optional<PublishedTable> paper, List<Variant> variants, Cell... cells) {
        return AblationTable.of(
                new AblationConfiguration(
                        "A try",
                        Path.of("toy.yaml"),
                        Overrides.none(),
                        List.of(),
                        Overrides.none(),
                        List.of(1L),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        ScoredLabels.Labels.ALIGNED,
                        true,
                        Optional.empty(),
                        paper),
                variants,
                List.of(cells),
                Map.of(),
                List.of(),
                new FrozenCounts(0, 0, 0, 0));
    }

    private static Variant variant(String name, Variant.Kind kind) {
        return new Variant(name, kind, ConfigurationDocument.ofText("{}", "toy.yaml", Path.of("")), Optional.empty());
    }
}

package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against scipy and statsmodels, whose figures comparisons.py made; see {@code about} in comparisons.json. */
class PairedComparisonTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void agreesWithScipyOnRandomTables() throws IOException {
        List<JsonNode> tables = List.copyOf(reference().get("tables").values());
        assertThat(tables).hasSize(20);
        for (JsonNode table : tables) {
            PairedComparison comparison = comparison(table);

            assertThat(comparison.difference())
                    .isCloseTo(table.get("difference").asDouble(), EXACT);
            assertThat(comparison.t()).isCloseTo(table.get("t").asDouble(), EXACT);
            assertThat(comparison.df()).isEqualTo(table.get("df").asDouble());
            assertThat(comparison.p()).isCloseTo(table.get("p").asDouble(), EXACT);
            assertThat(comparison.wilcoxonP()).isCloseTo(table.get("wilcoxonP").asDouble(), EXACT);
            assertThat(comparison.resampledP())
                    .isCloseTo(table.get("resampledP").asDouble(), EXACT);
            assertThat(comparison.effectSize())
                    .isCloseTo(table.get("effectSize").asDouble(), EXACT);
            assertThat(comparison.relativeImprovement())
                    .isCloseTo(table.get("relativeImprovement").asDouble(), EXACT);
        }
    }

    @Test
    void correctsTheTableAsHolmSays() throws IOException {
        JsonNode reference = reference();
        List<PairedComparison> corrected = PairedComparison.corrected(reference.get("tables").values().stream()
                .map(PairedComparisonTest::comparison)
                .toList());

        for (int i = 0; i < corrected.size(); i++) {
            assertThat(corrected.get(i).holmP())
                    .isCloseTo(reference.get("holm").get(i).asDouble(), EXACT);
        }
    }

    @Test
    void correctsThePlainTestWhereItIsNotKnownWhatTrialsShare() throws IOException {
        JsonNode reference = reference();
        List<PairedComparison> corrected = PairedComparison.corrected(reference.get("tables").values().stream()
                .map(table -> comparison(table, Double.NaN))
                .toList());

        for (int i = 0; i < corrected.size(); i++) {
            assertThat(corrected.get(i).resampledP()).isNaN();
            assertThat(corrected.get(i).holmP())
                    .isCloseTo(reference.get("holmOfPlain").get(i).asDouble(), EXACT);
        }
    }

    @Test
    void isNotSignificantWhereTrialsThatShareTrainingDataDoNotBearIt() {
        double[] a = {0.62, 0.66, 0.61, 0.67, 0.64};
        double[] b = {0.60, 0.61, 0.60, 0.62, 0.61};

        PairedComparison comparison = PairedComparison.corrected(
                        List.of(PairedComparison.of("a", "b", "accuracy", a, b, 0.25, 1)))
                .get(0);

        assertThat(comparison.p()).isLessThan(0.05);
        assertThat(comparison.resampledP()).isGreaterThan(0.05);
        assertThat(comparison.holmP()).isEqualTo(comparison.resampledP());
        assertThat(comparison.words()).startsWith("Not significant: ahead");
    }

    @Test
    void agreesWithScipysBootstrapAsFarAsChanceAllows() throws IOException {
        JsonNode reference = reference();
        List<Double> interval = comparison(reference.get("tables").get(0)).ci95();

        double width = reference.get("bootstrap").get(1).asDouble()
                - reference.get("bootstrap").get(0).asDouble();
        assertThat(interval.get(0)).isCloseTo(reference.get("bootstrap").get(0).asDouble(), within(0.05 * width));
        assertThat(interval.get(1)).isCloseTo(reference.get("bootstrap").get(1).asDouble(), within(0.05 * width));
    }

    @Test
    void saysInWordsThatADifferenceDoesNotHold() {
        double[] a = {0.50, 0.62, 0.55, 0.58};
        double[] b = {0.51, 0.60, 0.56, 0.57};

        assertThat(PairedComparison.of("a", "b", "accuracy", a, b, 0.25, 1).words())
                .startsWith("Not significant: ahead");
        assertThat(PairedComparison.of("a", "b", "accuracy", a, a, 0.25, 1).words())
                .isEqualTo("No difference.");
        assertThat(PairedComparison.of("a", "b", "accuracy", new double[] {0.9}, new double[] {0.1}, 0.25, 1)
                        .words())
                .startsWith("A single trial");
    }

    @Test
    void hasNeitherTestNorIntervalForASingleTrial() {
        for (double b : new double[] {0.1, 0.9}) {
            PairedComparison single =
                    PairedComparison.of("a", "b", "accuracy", new double[] {0.9}, new double[] {b}, 0.25, 1);

            assertThat(List.of(single.t(), single.p(), single.wilcoxonP(), single.resampledP(), single.effectSize()))
                    .containsOnly(Double.NaN);
            assertThat(single.ci95()).containsExactly(Double.NaN, Double.NaN);
        }
    }

    @Test
    void isNoSurerOfADifferenceThatIsAlwaysTheSameThanItsSignsAllow() {
        PairedComparison twice = alwaysAhead(2);

        assertThat(twice.p()).isZero();
        assertThat(twice.resampledP()).isEqualTo(0.5);
        assertThat(twice.words()).startsWith("Not significant: ahead");
        assertThat(twice.effectSize()).isNaN();
        assertThat(twice.ci95()).containsExactly(0.25, 0.25);
        assertThat(alwaysAhead(5).significant()).isFalse();
        assertThat(alwaysAhead(6).resampledP()).isEqualTo(1.0 / 32);
        assertThat(alwaysAhead(6).significant()).isTrue();
    }

    private static PairedComparison alwaysAhead(int trials) {
        double[] values = IntStream.range(0, trials).mapToDouble(i -> i / 8.0).toArray();
        return PairedComparison.of(
                "a",
                "b",
                "accuracy",
                Arrays.stream(values).map(value -> value + 0.25).toArray(),
                values,
                0.25,
                1);
    }

    @Test
    void findsADifferenceThatIsAlwaysTheSameThoughFractionsAreRounded() {
        PairedComparison comparison = PairedComparison.of(
                "a", "b", "accuracy", new double[] {0.7, 0.8, 0.9}, new double[] {0.6, 0.7, 0.8}, 0.25, 1);

        assertThat(comparison.difference()).isEqualTo(0.1);
        assertThat(comparison.effectSize()).isNaN();
        assertThat(comparison.t()).isInfinite();
        assertThat(comparison.p()).isZero();
    }

    @Test
    void tiesDifferencesOfAsManyUtterancesWhateverTheyAreAddedTo() {
        Random random = new Random(1);

        // scipy 1.17.1: wilcoxon([6, 6, 6, 6, 6, -6], method=PermutationMethod(n_resamples=inf)), and so the other
        assertThat(IntStream.range(0, 100).mapToDouble(i -> wilcoxon(random, 6, 6, 6, 6, 6, -6)))
                .allSatisfy(p -> assertThat(p).isCloseTo(0.21875, EXACT));
        assertThat(IntStream.range(0, 100).mapToDouble(i -> wilcoxon(random, 4, -4, 9, 13, 20, 25)))
                .allSatisfy(p -> assertThat(p).isCloseTo(0.09375, EXACT));
    }

    @Test
    void countsAllSignsOfTiedRanksAndLeavesOutZeros() {
        Random random = new Random(1);

        // scipy 1.17.1: wilcoxon([-1, -1, -1, -2, -2, -3], method=PermutationMethod(n_resamples=inf)), and so the
        // other,
        // with zero_method='wilcox'
        assertThat(wilcoxon(random, -1, -1, -1, -2, -2, -3)).isCloseTo(0.03125, EXACT);
        assertThat(wilcoxon(random, 0, 0, 3, 5, 5, -1, 2)).isCloseTo(0.125, EXACT);
    }

    /** Of accuracies over 480 utterances that differ by so many of them. */
    private static double wilcoxon(Random random, int... differences) {
        int[] counts = random.ints(differences.length, 100, 350).toArray();
        return PairedComparison.of(
                        "a",
                        "b",
                        "accuracy",
                        IntStream.range(0, counts.length)
                                .mapToDouble(i -> (counts[i] + differences[i]) / 480.0)
                                .toArray(),
                        IntStream.range(0, counts.length)
                                .mapToDouble(i -> counts[i] / 480.0)
                                .toArray(),
                        0.25,
                        1)
                .wilcoxonP();
    }

    private static PairedComparison comparison(JsonNode table) {
        return comparison(table, 0.25);
    }

    private static PairedComparison comparison(JsonNode table, double testShare) {
        return PairedComparison.of("a", "b", "accuracy", array(table.get("a")), array(table.get("b")), testShare, 1);
    }

    private static double[] array(JsonNode values) {
        return IntStream.range(0, values.size())
                .mapToDouble(i -> values.get(i).asDouble())
                .toArray();
    }

    static JsonNode reference() throws IOException {
        try (InputStream json = PairedComparisonTest.class.getResourceAsStream("comparisons.json")) {
            return JsonMapper.shared().readTree(json);
        }
    }
}

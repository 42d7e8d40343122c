package org.kemo.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgreementReferenceTest {
    /** A table from agreement.json, which agreement.py beside it made with scikit-learn, statsmodels and krippendorff. */
    record Reference(int index, JsonNode table) {
        Annotations annotations(IntFunction<String> name) {
            List<Annotations.Item> items = table.path("labels").values().stream()
                    .map(row -> new Annotations.Item(
                            "item",
                            row.values().stream()
                                    .map(label -> label.isNull()
                                            ? Optional.<String>empty()
                                            : Optional.of(name.apply(label.asInt())))
                                    .toList(),
                            Optional.empty()))
                    .toList();
            int raters = items.get(0).labels().size();
            return new Annotations(
                    IntStream.range(0, raters).mapToObj(r -> "rater-" + r).toList(), items);
        }

        List<String> order(IntFunction<String> name) {
            return IntStream.range(0, table.path("categories").asInt())
                    .mapToObj(name)
                    .toList();
        }

        @Override
        public String toString() {
            return "table " + index;
        }
    }

    static Stream<Reference> references() throws Exception {
        try (InputStream json = AgreementReferenceTest.class.getResourceAsStream("agreement.json")) {
            JsonNode tables = JsonMapper.shared().readTree(json);
            return IntStream.range(0, tables.size()).mapToObj(i -> new Reference(i, tables.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesOnNames(Reference reference) {
        Agreement agreement =
                Agreement.of(reference.annotations(c -> "name-" + c), MeasurementLevel.NOMINAL, List.of());

        JsonNode table = reference.table();
        assertFigure(agreement.fleissKappa(), table.path("fleiss"));
        assertFigure(agreement.krippendorffAlpha(), table.path("nominal"));
        assertPairs(agreement, table, PairAgreement::observedAgreement, "agreement");
        assertPairs(agreement, table, PairAgreement::kappa, "kappa");
        assertThat(agreement.cohenKappa().mean().orElseThrow()).isCloseTo(mean(table, "kappa"), within(1e-9));
        assertThat(agreement.observedAgreement().orElseThrow()).isCloseTo(mean(table, "agreement"), within(1e-9));
        assertThat(agreement.cohenKappa().linearMean()).isEmpty();
        assertThat(agreement.ratings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesOnLabelsInAnOrder(Reference reference) {
        // Backwards by the alphabet.
        IntFunction<String> name = c -> "step-" + (9 - c);

        Agreement agreement =
                Agreement.of(reference.annotations(name), MeasurementLevel.ORDINAL, reference.order(name));

        JsonNode table = reference.table();
        assertFigure(agreement.krippendorffAlpha(), table.path("ordinal"));
        assertPairs(agreement, table, PairAgreement::kappa, "kappa");
        assertPairs(agreement, table, PairAgreement::linearKappa, "linear");
        assertPairs(agreement, table, PairAgreement::quadraticKappa, "quadratic");
        assertThat(agreement.cohenKappa().quadraticMean().orElseThrow())
                .isCloseTo(mean(table, "quadratic"), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesOnNumbers(Reference reference) {
        JsonNode table = reference.table();

        Agreement agreement = Agreement.of(
                reference.annotations(c -> table.path("values").get(c).asString()),
                MeasurementLevel.INTERVAL,
                List.of());

        assertFigure(agreement.krippendorffAlpha(), table.path("interval"));
        assertPairs(agreement, table, PairAgreement::linearKappa, "intervalLinear");
        assertPairs(agreement, table, PairAgreement::quadraticKappa, "intervalQuadratic");
        Ratings ratings = agreement.ratings().orElseThrow();
        assertThat(ratings.mean()).isCloseTo(table.path("mean").asDouble(), within(1e-9));
        assertThat(ratings.std()).isCloseTo(table.path("std").asDouble(), within(1e-9));
    }

    private static void assertPairs(
            Agreement agreement, JsonNode table, Function<PairAgreement, OptionalDouble> figure, String name) {
        assertThat(agreement.cohenKappa().pairs()).hasSize(table.path("pairs").size());
        for (int p = 0; p < agreement.cohenKappa().pairs().size(); p++) {
            PairAgreement pair = agreement.cohenKappa().pairs().get(p);
            JsonNode expected = table.path("pairs").get(p);
            assertThat(pair.a()).isEqualTo("rater-" + expected.path("a").asInt());
            assertThat(pair.b()).isEqualTo("rater-" + expected.path("b").asInt());
            assertThat(pair.items()).isEqualTo(expected.path("items").asInt());
            assertFigure(figure.apply(pair), expected.path(name));
        }
    }

    private static void assertFigure(OptionalDouble figure, JsonNode expected) {
        assertThat(figure.orElseThrow()).isCloseTo(expected.asDouble(), within(1e-9));
    }

    private static double mean(JsonNode table, String figure) {
        return table.path("pairs").values().stream()
                .mapToDouble(pair -> pair.path(figure).asDouble())
                .average()
                .orElseThrow();
    }
}

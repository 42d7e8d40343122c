package org.kemo.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.network.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsTest {
    private static final LabelSpace THREE = LabelSpace.of("angry", "happy", "sad");

    /** A table from metrics.json, which metrics.py beside it made with scikit-learn and numpy. */
    record Reference(int index, JsonNode table) {
        @Override
        public String toString() {
            return "table " + index;
        }
    }

    static Stream<Reference> references() throws Exception {
        try (InputStream json = MetricsTest.class.getResourceAsStream("metrics.json")) {
            JsonNode tables = JsonMapper.shared().readTree(json);
            return IntStream.range(0, tables.size()).mapToObj(i -> new Reference(i, tables.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithScikitLearn(Reference reference) {
        JsonNode table = reference.table();
        int classes = table.get("classes").asInt();
        Metrics metrics = Metrics.of(
                new LabelSpace(
                        IntStream.range(0, classes).mapToObj(c -> "class-" + c).toList()),
                table.get("truth").values().stream().mapToInt(JsonNode::asInt).toArray(),
                probabilities(table.get("parts"), classes));

        assertThat(metrics.n()).isEqualTo(table.get("truth").size());
        assertFigure(metrics.accuracy(), table, "accuracy");
        assertFigure(metrics.balancedAccuracy(), table, "balancedAccuracy");
        assertFigure(metrics.macroF1(), table, "macroF1");
        assertFigure(metrics.weightedF1(), table, "weightedF1");
        assertFigure(metrics.precision(), table, "precision");
        assertFigure(metrics.recall(), table, "recall");
        assertFigure(metrics.aucRoc().orElseThrow(), table, "aucRoc");
        assertFigure(metrics.logLoss(), table, "logLoss");
        assertFigure(metrics.calibrationError(), table, "calibrationError");
        for (int c = 0; c < classes; c++) {
            ClassMetrics figures = metrics.classes().get(c);
            assertThat(figures.support()).isEqualTo(table.get("support").get(c).asInt());
            assertThat(figures.precision())
                    .isEqualTo(table.get("classPrecision").get(c).asDouble(), within(1e-9));
            assertThat(figures.recall())
                    .isEqualTo(table.get("classRecall").get(c).asDouble(), within(1e-9));
            assertThat(figures.f1()).isEqualTo(table.get("classF1").get(c).asDouble(), within(1e-9));
            for (int p = 0; p < classes; p++) {
                assertThat(metrics.confusion().counts().get(c).get(p))
                        .isEqualTo(table.get("confusion").get(c).get(p).asInt());
            }
        }
    }

    @Test
    void saysWhichClassesDoNotOccurAndLeavesThemOutOfTheMeans() {
        Metrics metrics = Metrics.of(
                THREE,
                new int[] {0, 1, 1},
                FloatTensor.of(new float[] {.8f, .1f, .1f, .3f, .6f, .1f, .7f, .3f, 0}, 3, 3));

        assertThat(metrics.balancedAccuracy()).isEqualTo(0.75);
        assertThat(metrics.aucRoc()).hasValue(1);
        assertThat(metrics.notes())
                .containsExactly(
                        "No utterance is of the classes [sad]: balancedAccuracy and aucRoc are means over the others.");
    }

    @Test
    void hasNoAreaUnderTheCurveForASingleClass() {
        Metrics metrics =
                Metrics.of(THREE, new int[] {1, 1}, FloatTensor.of(new float[] {.1f, .8f, .1f, .3f, .6f, .1f}, 2, 3));

        assertThat(metrics.aucRoc()).isEmpty();
        assertThat(metrics.accuracy()).isEqualTo(1);
        assertThat(metrics.notes()).singleElement().asString().endsWith("there is no aucRoc.");
    }

    @Test
    void takesTheFirstOfEquallyProbableClasses() {
        Metrics metrics =
                Metrics.of(THREE, new int[] {0, 1}, FloatTensor.of(new float[] {.5f, .5f, 0, .5f, .5f, 0}, 2, 3));

        assertThat(metrics.confusion().counts()).containsExactly(List.of(1, 0, 0), List.of(1, 0, 0), List.of(0, 0, 0));
    }

    @Test
    void writesTheKeysOfTheCommandLine() {
        Metrics metrics =
                Metrics.of(THREE, new int[] {1, 1}, FloatTensor.of(new float[] {.1f, .8f, .1f, .3f, .6f, .1f}, 2, 3));

        JsonNode json = JsonMapper.shared().valueToTree(metrics);

        assertThat(json.propertyNames())
                .contains(
                        "n",
                        "accuracy",
                        "balancedAccuracy",
                        "macroF1",
                        "weightedF1",
                        "precision",
                        "recall",
                        "aucRoc",
                        "confusion");
        assertThat(json.get("aucRoc").isNull()).isTrue();
        assertThat(json.at("/confusion/labels/2").asString()).isEqualTo("sad");
        assertThat(json.at("/confusion/counts/1/1").asInt()).isEqualTo(2);
    }

    @Test
    void refusesNothingToScoreAndWhatIsNotADistribution() {
        assertThatThrownBy(() -> Metrics.of(THREE, new int[0], FloatTensor.zeros(0, 3)))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("[0] utterances");
        assertThatThrownBy(() -> Metrics.of(THREE, new int[] {0}, FloatTensor.of(new float[] {1, 2, 3}, 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sum 6.0");
        assertThatThrownBy(() -> Metrics.of(THREE, new int[] {0}, FloatTensor.of(new float[] {Float.NaN, 0, 1}, 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Metrics.of(THREE, new int[] {3}, FloatTensor.of(new float[] {0, 0, 1}, 1, 3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FloatTensor probabilities(JsonNode parts, int classes) {
        float[] values = new float[parts.size() * classes];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i / classes).get(i % classes).asInt() / 1024f;
        }
        return FloatTensor.of(values, parts.size(), classes);
    }

    private static void assertFigure(double actual, JsonNode table, String name) {
        assertThat(actual).as(name).isEqualTo(table.get(name).asDouble(), within(1e-9));
    }
}

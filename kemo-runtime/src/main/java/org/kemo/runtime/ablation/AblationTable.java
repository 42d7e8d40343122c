package org.kemo.runtime.ablation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.evaluation.Confusion;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.evaluation.PairedComparison;
import org.kemo.runtime.evaluation.Summary;
import org.kemo.runtime.model.ModelCard.ParameterCount;

/**
 * What an ablation found: a row for each variant, and which differences hold.
 *
 * @param title what it is about
 * @param rows in the order of the configuration, floors last
 * @param comparisons of every variant with the reference and with both floors, each pair once for each metric, corrected together
 *     within a metric
 * @param failures cells that have no result
 * @param frozen how often frozen steps were asked for and run
 * @param paper published figures
 */
public record AblationTable(
        String title,
        List<Row> rows,
        List<PairedComparison> comparisons,
        List<Failure> failures,
        FrozenCounts frozen,
        Optional<AblationConfiguration.PublishedTable> paper) {
    /** The metrics that rows are compared by. */
    static final Map<String, ToDoubleFunction<Metrics>> COMPARED = compared();

    /**
     * One variant over all its cells.
     *
     * @param name of the variant
     * @param dataset that it was scored on, where there are several
     * @param role what others are compared with it for
     * @param cells the trials that have a result, in order
     * @param figures by the name of the metric
     * @param confusion of all trials together
     * @param parameters of the model
     * @param fusionGain (accuracy - best single) / best single, a ratio (eq. 15); NaN where there is no single modality
     * @param fusionGainPoints accuracy - best single, in points
     * @param model of the first trial; empty for the majority, which is none
     * @param stages seconds of each stage over seconds of sound, of that model, warm; empty without sound
     * @param rtf their sum; 0 without sound
     */
    public record Row(
            String name,
            Optional<String> dataset,
            Role role,
            List<Cell> cells,
            Map<String, Summary> figures,
            Confusion confusion,
            ParameterCount parameters,
            double fusionGain,
            double fusionGainPoints,
            Optional<Path> model,
            Map<String, Double> stages,
            double rtf) {}

    /**
     * What a row is to the others that were scored on the same data.
     *
     * @param floor it is there for comparison alone
     * @param majority it answers with the most frequent class of the training data
     * @param bestSingle it is the modality alone with the best mean accuracy, where modalities were run alone
     * @param reference all others are compared with it
     */
    public record Role(boolean floor, boolean majority, boolean bestSingle, boolean reference) {}

    /**
     * The model of a variant's first trial.
     *
     * @param folder where it lies
     * @param realTimeFactors seconds of each stage over seconds of sound, warm, of a few utterances, measured one model after the other
     *     when all trials are done; empty without sound
     */
    record TimedModel(Path folder, Map<String, Double> realTimeFactors) {}

    /** A cell without a result. */
    public record Failure(String variant, long seed, int fold, KemoException.Category category, String message) {}

    private static Map<String, ToDoubleFunction<Metrics>> compared() {
        Map<String, ToDoubleFunction<Metrics>> compared = new LinkedHashMap<>();
        compared.put("accuracy", Metrics::accuracy);
        compared.put("macroF1", Metrics::macroF1);
        return compared;
    }

    private static Map<String, ToDoubleFunction<Metrics>> figures() {
        Map<String, ToDoubleFunction<Metrics>> figures = new LinkedHashMap<>(COMPARED);
        figures.put("balancedAccuracy", Metrics::balancedAccuracy);
        figures.put("weightedF1", Metrics::weightedF1);
        figures.put("precision", Metrics::precision);
        figures.put("recall", Metrics::recall);
        figures.put("aucRoc", metrics -> metrics.aucRoc().orElse(Double.NaN));
        figures.put("logLoss", Metrics::logLoss);
        figures.put("calibrationError", Metrics::calibrationError);
        return figures;
    }

    static AblationTable of(
            AblationConfiguration configuration,
            List<Variant> variants,
            List<Cell> cells,
            Map<String, TimedModel> models,
            List<Failure> failures,
            FrozenCounts frozen) {
        Map<String, List<Cell>> byVariant =
                cells.stream().collect(Collectors.groupingBy(Cell::variant, LinkedHashMap::new, Collectors.toList()));
        Map<Optional<String>, List<Variant>> byDataset = variants.stream()
                .filter(variant -> byVariant.containsKey(variant.title()))
                .collect(Collectors.groupingBy(Variant::dataset, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        byDataset.forEach((dataset, group) -> {
            Optional<Variant> bestSingle = group.stream()
                    .filter(variant -> variant.kind() == Variant.Kind.SINGLE)
                    .max(Comparator.comparingDouble(variant -> mean(byVariant.get(variant.title()))));
            Optional<Variant> reference = configuration.reference().isPresent()
                    ? group.stream()
                            .filter(variant -> configuration.reference().get().equals(variant.name()))
                            .findFirst()
                    : bestSingle.or(() -> group.stream().findFirst());
            double best = bestSingle
                    .map(variant -> mean(byVariant.get(variant.title())))
                    .orElse(Double.NaN);
            for (Variant variant : group) {
                Role role = new Role(
                        variant.kind() != Variant.Kind.ASKED,
                        variant.kind() == Variant.Kind.MAJORITY,
                        bestSingle.filter(variant::equals).isPresent(),
                        reference.filter(variant::equals).isPresent());
                rows.add(row(
                        variant,
                        role,
                        byVariant.get(variant.title()),
                        best,
                        Optional.ofNullable(models.get(variant.title()))));
            }
        });
        return new AblationTable(
                configuration.title(), rows, comparisons(rows), failures, frozen, configuration.paper());
    }

    private static double mean(List<Cell> cells) {
        return cells.stream()
                .mapToDouble(cell -> cell.metrics().accuracy())
                .average()
                .orElse(0);
    }

    private static Row row(Variant variant, Role role, List<Cell> cells, double best, Optional<TimedModel> model) {
        Map<String, Double> stages = model.map(TimedModel::realTimeFactors).orElse(Map.of());
        Map<String, Summary> figures = new LinkedHashMap<>();
        figures()
                .forEach((name, figure) -> figures.put(
                        name,
                        Summary.of(cells.stream()
                                .map(cell -> figure.applyAsDouble(cell.metrics()))
                                .toList())));
        return new Row(
                variant.title(),
                variant.dataset(),
                role,
                cells,
                figures,
                together(cells),
                cells.get(0).parameters(),
                (mean(cells) - best) / best,
                100 * (mean(cells) - best),
                model.map(TimedModel::folder),
                stages,
                stages.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    private static Confusion together(List<Cell> cells) {
        Confusion first = cells.get(0).metrics().confusion();
        List<List<Integer>> counts = new ArrayList<>();
        for (int row = 0; row < first.labels().size(); row++) {
            List<Integer> sums = new ArrayList<>();
            for (int column = 0; column < first.labels().size(); column++) {
                int r = row;
                int c = column;
                sums.add(cells.stream()
                        .mapToInt(cell ->
                                cell.metrics().confusion().counts().get(r).get(c))
                        .sum());
            }
            counts.add(sums);
        }
        return new Confusion(first.labels(), counts);
    }

    private static List<PairedComparison> comparisons(List<Row> rows) {
        List<Row> against = new ArrayList<>();
        rows.stream().filter(row -> row.role().reference()).forEach(against::add);
        rows.stream()
                .filter(row -> row.role().bestSingle() && !against.contains(row))
                .forEach(against::add);
        rows.stream()
                .filter(row -> row.role().majority() && !against.contains(row))
                .forEach(against::add);
        List<PairedComparison> all = new ArrayList<>();
        COMPARED.forEach((metric, figure) -> {
            List<PairedComparison> table = new ArrayList<>();
            for (Row other : against) {
                for (Row row : rows) {
                    if (row.dataset().equals(other.dataset())
                            && (!against.contains(row) || against.indexOf(row) > against.indexOf(other))) {
                        compare(row, other, metric, figure).ifPresent(table::add);
                    }
                }
            }
            all.addAll(PairedComparison.corrected(table));
        });
        return all;
    }

    /** Over the trials that both have, where both scored the same utterances. */
    private static Optional<PairedComparison> compare(Row a, Row b, String metric, ToDoubleFunction<Metrics> figure) {
        List<Double> valuesA = new ArrayList<>();
        List<Double> valuesB = new ArrayList<>();
        double tested = 0;
        double trained = 0;
        for (Cell one : a.cells()) {
            Optional<Cell> same = b.cells().stream()
                    .filter(other -> other.seed() == one.seed()
                            && other.fold() == one.fold()
                            && other.dataset().equals(one.dataset()))
                    .findFirst();
            if (same.isPresent()) {
                valuesA.add(figure.applyAsDouble(one.metrics()));
                valuesB.add(figure.applyAsDouble(same.get().metrics()));
                tested += one.metrics().n();
                trained += one.training();
            }
        }
        if (valuesA.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                PairedComparison.of(a.name(), b.name(), metric, array(valuesA), array(valuesB), tested / trained, 1));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

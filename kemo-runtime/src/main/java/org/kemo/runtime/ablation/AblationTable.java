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
import org.kemo.runtime.text.NearestName;

/**
 * What an ablation found: a row for each variant, and which differences hold.
 *
 * @param title what it is about
 * @param rows in the order of the configuration, floors last
 * @param comparisons of every variant with the reference and with both floors, each pair once for each metric, over the utterances
 *     that both scored, corrected together within a metric; none of a pair that is scored in different classes
 * @param notes of the cells and their figures, of what is not compared for want of a result, of pairs that are scored in different
 *     classes or did not score the same utterances in the same trials, of what significance covers, and of published figures without a
 *     variant
 * @param failures cells that have no result
 * @param frozen how often frozen steps were asked for and run
 * @param machine the machine and the devices that real-time factors hold for; empty where there are none
 * @param paper published figures
 */
public record AblationTable(
        String title,
        List<Row> rows,
        List<PairedComparison> comparisons,
        List<String> notes,
        List<Failure> failures,
        FrozenCounts frozen,
        Optional<String> machine,
        Optional<AblationConfiguration.PublishedTable> paper) {
    /** The metrics that rows are compared by. */
    private static final Map<String, ToDoubleFunction<Confusion>> COMPARED = compared();

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
     * @param fusionGain (accuracy - best single) / best single, a ratio (eq. 15), over the utterances that both scored; NaN where no
     *     single modality is known to be the best, or it is scored in other classes
     * @param fusionGainPoints accuracy - best single, in points, over the same utterances
     * @param model of the first trial that has a result; empty for the majority, which is none
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
            double rtf) {
        /** What was left out of its trials and why, each once. */
        public List<String> problems() {
            return cells.stream()
                    .flatMap(cell -> cell.problems().stream())
                    .distinct()
                    .toList();
        }
    }

    /**
     * What a row is to the others that were scored on the same data.
     *
     * @param floor it is there for comparison alone
     * @param majority it answers with the most frequent class of the training data
     * @param bestSingle it is the modality alone with the best mean accuracy over the utterances that all modalities alone scored,
     *     where modalities were run alone, none of them failed throughout and they have some in common
     * @param reference all others are compared with it; no row is it where the one that was to be failed throughout
     */
    public record Role(boolean floor, boolean majority, boolean bestSingle, boolean reference) {}

    /**
     * The model of a variant's first trial that has a result.
     *
     * @param folder where it lies
     * @param timing seconds of each stage over seconds of sound, warm, of a few utterances, measured one model after the other when all
     *     trials are done
     */
    record TimedModel(Path folder, Timing timing) {}

    /** A cell without a result. */
    public record Failure(String variant, long seed, int fold, KemoException.Category category, String message) {}

    private static Map<String, ToDoubleFunction<Confusion>> compared() {
        Map<String, ToDoubleFunction<Confusion>> compared = new LinkedHashMap<>();
        compared.put("accuracy", Confusion::accuracy);
        compared.put("macroF1", Confusion::macroF1);
        return compared;
    }

    private static Map<String, ToDoubleFunction<Metrics>> figures() {
        Map<String, ToDoubleFunction<Metrics>> figures = new LinkedHashMap<>();
        figures.put("accuracy", Metrics::accuracy);
        figures.put("macroF1", Metrics::macroF1);
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
                .collect(Collectors.groupingBy(Variant::dataset, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        cells.forEach(cell -> notes.addAll(cell.notes()));
        notes.addAll(notesOnFigures(cells));
        byDataset.forEach((dataset, group) -> {
            Roles roles = Roles.of(group, configuration.reference(), byVariant);
            notes.addAll(roles.notes());
            Optional<List<Cell>> best = roles.bestSingle().map(variant -> byVariant.get(variant.title()));
            for (Variant variant : group) {
                if (byVariant.containsKey(variant.title())) {
                    rows.add(row(
                            variant,
                            roles.role(variant),
                            byVariant.get(variant.title()),
                            best,
                            Optional.ofNullable(models.get(variant.title()))));
                }
            }
        });
        List<Pair> pairs = pairs(rows);
        pairs.forEach(pair -> pair.note().ifPresent(notes::add));
        if (pairs.stream().anyMatch(pair -> pair.trials().isRepetition())) {
            notes.add(
                    "The trials scored the same utterances again: significance is over seeds; it says nothing of other"
                            + " utterances.");
        }
        notes.addAll(notesOnPublished(configuration, variants));
        return new AblationTable(
                configuration.title(),
                rows,
                comparisons(pairs),
                notes.stream().distinct().toList(),
                failures,
                frozen,
                models.values().stream()
                        .map(TimedModel::timing)
                        .filter(timing -> !timing.factors().isEmpty())
                        .map(Timing::machine)
                        .findFirst(),
                configuration.paper());
    }

    /** What figures say of themselves, such as which classes nothing is of, with the number of trials that they say it in. */
    private static List<String> notesOnFigures(List<Cell> cells) {
        Map<String, List<Cell>> byDataset =
                cells.stream().collect(Collectors.groupingBy(Cell::dataset, LinkedHashMap::new, Collectors.toList()));
        List<String> notes = new ArrayList<>();
        byDataset.forEach((dataset, scored) -> {
            Map<String, Long> trials = scored.stream()
                    .flatMap(cell -> cell.metrics().notes().stream())
                    .collect(Collectors.groupingBy(note -> note, LinkedHashMap::new, Collectors.counting()));
            trials.forEach((note, n) ->
                    notes.add("In [" + n + "] of the [" + scored.size() + "] trials on [" + dataset + "]: " + note));
        });
        return notes;
    }

    /** Which published figures stand beside nothing: a slip in a name, or another choice of variants on the command line. */
    private static List<String> notesOnPublished(AblationConfiguration configuration, List<Variant> variants) {
        List<String> titles = variants.stream().map(Variant::title).toList();
        return configuration.paper().stream()
                .flatMap(paper -> paper.figures().stream())
                .filter(figure -> !titles.contains(figure.variant()))
                .map(figure -> "The published figure [" + figure.name() + "] is beside [" + figure.variant()
                        + "], which is none of the variants here."
                        + NearestName.among(titles)
                                .to(figure.variant())
                                .map(name -> " Did you mean [" + name + "]?")
                                .orElse(""))
                .toList();
    }

    /** What stands in place of the figures of a variant that has no row: that it failed, or was not run. */
    public String withoutFigures(String variant) {
        return failures.stream().anyMatch(each -> each.variant().equals(variant)) ? "failed" : "not run";
    }

    /**
     * Which variants of one data set others are compared with. They are chosen among all that were to run: none takes the place of one that
     * failed.
     *
     * @param notes what is not compared for want of a result
     */
    private record Roles(Optional<Variant> bestSingle, Optional<Variant> reference, List<String> notes) {
        static Roles of(List<Variant> group, Optional<String> named, Map<String, List<Cell>> cells) {
            List<String> notes = new ArrayList<>();
            List<Variant> singles = group.stream()
                    .filter(variant -> variant.kind() == Variant.Kind.SINGLE)
                    .toList();
            List<String> titles = singles.stream().map(Variant::title).toList();
            List<String> failed =
                    titles.stream().filter(title -> !cells.containsKey(title)).toList();
            Optional<Variant> best = failed.isEmpty() ? best(singles, cells) : Optional.empty();
            if (!singles.isEmpty() && best.isEmpty()) {
                notes.add("Without "
                        + (failed.isEmpty()
                                ? "an utterance that all of " + titles + " scored"
                                : "a result of " + failed)
                        + " it is not known which modality alone is best, and nothing is compared with it.");
            }
            Optional<Variant> reference = named.isPresent()
                    ? group.stream()
                            .filter(variant -> named.get().equals(variant.name()))
                            .findFirst()
                    : singles.isEmpty() ? group.stream().findFirst() : best;
            reference
                    .filter(variant -> !cells.containsKey(variant.title()))
                    .ifPresent(variant -> notes.add(
                            "The reference [" + variant.title() + "] has no result: nothing is compared with it."));
            return new Roles(best, reference, notes);
        }

        private static Optional<Variant> best(List<Variant> singles, Map<String, List<Cell>> cells) {
            if (singles.isEmpty()) {
                return Optional.empty();
            }
            CommonTrials common = CommonTrials.of(
                    singles.stream().map(variant -> cells.get(variant.title())).toList());
            return common.isEmpty()
                    ? Optional.empty()
                    : singles.stream()
                            .max(Comparator.comparingDouble(variant -> common.accuracy(singles.indexOf(variant))));
        }

        Role role(Variant variant) {
            return new Role(
                    variant.kind() != Variant.Kind.ASKED,
                    variant.kind() == Variant.Kind.MAJORITY,
                    bestSingle.filter(variant::equals).isPresent(),
                    reference.filter(variant::equals).isPresent());
        }
    }

    private static Row row(
            Variant variant, Role role, List<Cell> cells, Optional<List<Cell>> best, Optional<TimedModel> model) {
        Optional<CommonTrials> both = best.map(other -> CommonTrials.of(List.of(cells, other)));
        double own = both.map(trials -> trials.accuracy(0)).orElse(Double.NaN);
        double single = both.map(trials -> trials.accuracy(1)).orElse(Double.NaN);
        Map<String, Double> stages =
                model.map(timed -> timed.timing().factors()).orElse(Map.of());
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
                (own - single) / single,
                100 * (own - single),
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

    /** Two rows that are compared. */
    private record Pair(Row a, Row b, CommonTrials trials) {
        Optional<String> note() {
            if (trials.isWhole()) {
                return Optional.empty();
            }
            if (!trials.isInSameClasses()) {
                return Optional.of(notCompared(
                        "in the classes " + a.confusion().labels(),
                        "in " + b.confusion().labels()));
            }
            if (!dataset(a).equals(dataset(b))) {
                return Optional.of(notCompared("on [" + dataset(a) + "]", "on [" + dataset(b) + "]")
                        + " Name what all are scored on with [data].");
            }
            return Optional.of("[" + a.name() + "] and [" + b.name() + "] did not score the same utterances: "
                    + (trials.isEmpty()
                            ? "with none in common they are not compared."
                            : "they are compared over the [" + trials.scored() + "] that both scored, in ["
                                    + trials.count() + "] of [" + trials.countOfAny()
                                    + "] trials, and the row of each is over all that it scored."));
        }

        private String notCompared(String ofA, String ofB) {
            return "[" + a.name() + "] is scored " + ofA + " and [" + b.name() + "] " + ofB
                    + ": they are not compared.";
        }

        /** The name of the data, which all trials of a row have alike. */
        private static String dataset(Row row) {
            return row.cells().get(0).dataset();
        }
    }

    private static List<Pair> pairs(List<Row> rows) {
        List<Row> against = new ArrayList<>();
        rows.stream().filter(row -> row.role().reference()).forEach(against::add);
        rows.stream()
                .filter(row -> row.role().bestSingle() && !against.contains(row))
                .forEach(against::add);
        rows.stream()
                .filter(row -> row.role().majority() && !against.contains(row))
                .forEach(against::add);
        List<Pair> pairs = new ArrayList<>();
        for (Row other : against) {
            for (Row row : rows) {
                if (row.dataset().equals(other.dataset())
                        && (!against.contains(row) || against.indexOf(row) > against.indexOf(other))) {
                    pairs.add(new Pair(row, other, CommonTrials.of(List.of(row.cells(), other.cells()))));
                }
            }
        }
        return pairs;
    }

    private static List<PairedComparison> comparisons(List<Pair> pairs) {
        List<PairedComparison> all = new ArrayList<>();
        COMPARED.forEach((metric, figure) -> all.addAll(PairedComparison.corrected(pairs.stream()
                .filter(pair -> !pair.trials().isEmpty())
                .map(pair -> PairedComparison.of(
                        pair.a().name(),
                        pair.b().name(),
                        metric,
                        pair.trials().values(0, figure),
                        pair.trials().values(1, figure),
                        pair.trials().testShare(),
                        1))
                .toList())));
        return all;
    }
}

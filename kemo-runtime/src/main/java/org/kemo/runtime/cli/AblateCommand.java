package org.kemo.runtime.cli;

import static org.kemo.runtime.cli.Figures.shown;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.ablation.Ablation;
import org.kemo.runtime.ablation.AblationConfiguration;
import org.kemo.runtime.ablation.AblationConfiguration.PublishedFigure;
import org.kemo.runtime.ablation.AblationFiles;
import org.kemo.runtime.ablation.AblationTable;
import org.kemo.runtime.ablation.AblationTable.Row;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.evaluation.PairedComparison;
import org.kemo.runtime.evaluation.Summary;
import org.kemo.runtime.report.AblationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo ablate}: variants of a configuration over the same seeds and folds, and which differences hold. */
@Command(
        name = "ablate",
        description = {
            "Trains and scores variants of a configuration and says which differences hold.",
            "A run that was killed goes on when it is started again; what is finished is not run twice."
        })
final class AblateCommand extends KemoCommand {
    @Mixin
    private ConfigurationOptions configuration;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder of reports and finished cells.")
    private Path out;

    @Option(
            names = "--side-by-side",
            paramLabel = "N",
            description = "How many trials run at once; one for each core where it is not given.")
    private Optional<Integer> sideBySide = Optional.empty();

    @Option(
            names = "--plan",
            description =
                    "Reads all configurations and no data, says which variants and how many trials there are, and runs"
                            + " nothing.")
    private boolean plan;

    @Parameters(
            paramLabel = "PATH=VALUE",
            description =
                    "Overrides, as --set: seeds=[1, 2], folds.count=3; set.PATH=VALUE is for all variants that do not say it themselves.")
    private List<String> overrides = new ArrayList<>();

    @Override
    protected Outcome run(CommandContext context) {
        if (!configuration.isGiven()) {
            throw KemoException.configuration("There is no configuration.", "Name one with --config.");
        }
        sideBySide.filter(trials -> trials < 1).ifPresent(trials -> {
            throw KemoException.configuration(
                    "With --side-by-side [" + trials + "] no trial would run.", "Give 1 or more.");
        });
        ConfigurationDocument document = configuration.ofAblation(context, overrides);
        KemoRuntime runtime = context.runtime(document);
        AblationConfiguration read = runtime.configurations()
                .read(AblationConfiguration.class, document.without("host"))
                .value();
        Path folder = context.folder().resolve(out);
        Ablation ablation =
                new Ablation(read, runtime, Kemo.version(), new ConsoleAblationProgress(context.progress()));
        if (plan) {
            return new Planned(
                    read.title(),
                    ablation.plan(),
                    ablation.trialsOfEach(),
                    !read.datasets().isEmpty());
        }
        AblationTable table =
                ablation.run(folder, sideBySide.orElse(Runtime.getRuntime().availableProcessors()));
        Path report = folder.resolve("report.html");
        new AblationReport(table).write(report);
        new AblationFiles(table).writeCsv(folder.resolve("variants.csv"));
        new AblationFiles(table).writeJsonLines(folder.resolve("trials.jsonl"));
        return new Ablated(table, report);
    }

    /**
     * What would be run.
     *
     * @param each the number of trials of each variant
     * @param atMost whether data, which were not read, may lack all modalities of a variant, which then has no trial on them
     */
    private record Planned(String title, List<String> variants, int each, boolean atMost) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("title", title);
            json.put("variants", variants);
            json.put("trials", trials());
            return json;
        }

        @Override
        public void print(PrintWriter out) {
            out.println(title);
            variants.forEach(out::println);
            out.printf(
                    Locale.ROOT,
                    "%s%d trials, %d of each variant%s%n",
                    atMost ? "at most " : "",
                    trials(),
                    each,
                    atMost ? " on the data that have modalities of it" : "");
        }

        private int trials() {
            return variants.size() * each;
        }
    }

    private record Ablated(AblationTable table, Path report) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("title", table.title());
            document.put("variants", table.rows().stream().map(Ablated::row).toList());
            document.put(
                    "comparisons",
                    table.comparisons().stream().map(Ablated::comparison).toList());
            document.put("notes", table.notes());
            document.put("frozen", table.frozen());
            document.put("machine", table.machine());
            document.put("paper", table.paper());
            document.put("failures", table.failures());
            document.put("report", report.toString());
            return document;
        }

        private static Map<String, Object> row(Row row) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", row.name());
            object.put("dataset", row.dataset());
            object.put("floor", row.role().floor());
            object.put("bestSingle", row.role().bestSingle());
            object.put("reference", row.role().reference());
            object.putAll(row.figures());
            object.put("fusionGain", row.fusionGain());
            object.put("fusionGainPoints", row.fusionGainPoints());
            object.put("parameters", row.parameters());
            object.put("rtf", row.rtf());
            object.put("stages", row.stages());
            object.put("confusion", row.confusion());
            object.put("model", row.model().map(Path::toString));
            object.put("problems", row.problems());
            return object;
        }

        private static Map<String, Object> comparison(PairedComparison each) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("a", each.a());
            object.put("b", each.b());
            object.put("metric", each.metric());
            object.put("n", each.n());
            object.put("difference", each.difference());
            object.put("points", 100 * each.difference());
            object.put("relativeImprovement", each.relativeImprovement());
            object.put("t", each.t());
            object.put("df", each.df());
            object.put("p", each.p());
            object.put("holmP", each.holmP());
            object.put("wilcoxonP", each.wilcoxonP());
            object.put("resampledP", each.resampledP());
            object.put("effectSize", each.effectSize());
            object.put("ci95", each.ci95());
            object.put("significant", each.significant());
            object.put("words", each.words());
            return object;
        }

        @Override
        public void print(PrintWriter out) {
            out.println(table.title());
            int width = table.rows().stream()
                    .mapToInt(row -> row.name().length())
                    .max()
                    .orElse(7);
            out.printf(
                    "%n%-" + width + "s %16s %16s %16s %12s %8s %6s%n",
                    "variant",
                    "accuracy",
                    "macro F1",
                    "AUC-ROC",
                    "parameters",
                    "RTF",
                    "trials");
            for (Row row : table.rows()) {
                out.printf(
                        Locale.ROOT,
                        "%-" + width + "s %16s %16s %16s %,12d %8s %6d%n",
                        row.name(),
                        percent(row.figures().get("accuracy")),
                        percent(row.figures().get("macroF1")),
                        percent(row.figures().get("aucRoc")),
                        row.parameters().total(),
                        row.stages().isEmpty() ? "-" : String.format(Locale.ROOT, "%.4f", row.rtf()),
                        row.cells().size());
            }
            table.machine().ifPresent(machine -> out.printf("RTF on %s.%n", machine));
            out.println();
            Set<String> references = table.rows().stream()
                    .filter(row -> row.role().reference())
                    .map(Row::name)
                    .collect(Collectors.toSet());
            for (PairedComparison each : table.comparisons()) {
                if (each.metric().equals("accuracy") && references.contains(each.b())) {
                    out.printf(
                            Locale.ROOT,
                            "%s against %s: %+.2f points (%s %%), p %s, after Holm %s. %s%n",
                            each.a(),
                            each.b(),
                            100 * each.difference(),
                            shown("%+.2f", 100 * each.relativeImprovement()),
                            shown("%.2g", each.testedP()),
                            shown("%.2g", each.holmP()),
                            each.words());
                }
            }
            table.notes().forEach(out::println);
            for (Row row : table.rows()) {
                List<String> problems = row.problems();
                if (!problems.isEmpty()) {
                    out.printf(
                            "Left out of %s: %s%s%n",
                            row.name(),
                            problems.get(0),
                            problems.size() == 1
                                    ? ""
                                    : " And " + (problems.size() - 1) + " more, which trials.jsonl names.");
                }
            }
            table.paper().ifPresent(paper -> {
                out.printf("%nBeside %s. %s%n", paper.source(), paper.differences());
                for (PublishedFigure figure : paper.figures()) {
                    out.printf(
                            "%s: there %s, here %s (%s)%n",
                            figure.name(),
                            published(figure),
                            table.rows().stream()
                                    .filter(row -> row.name().equals(figure.variant()))
                                    .map(row -> "accuracy "
                                            + percent(row.figures().get("accuracy")) + ", macro F1 "
                                            + percent(row.figures().get("macroF1")))
                                    .findFirst()
                                    .orElseGet(() -> table.withoutFigures(figure.variant())),
                            figure.variant());
                }
            });
            out.printf(
                    Locale.ROOT,
                    "%nFrozen steps: %d different results, %d computed in this run in %.1f s, asked for %d times.%n",
                    table.frozen().results(),
                    table.frozen().computed(),
                    table.frozen().seconds(),
                    table.frozen().asked());
            table.failures()
                    .forEach(each -> out.printf(
                            "No result for %s, seed %d, fold %d: %s%n",
                            each.variant(), each.seed(), each.fold(), each.message()));
            out.printf("Report: %s%n", report);
        }

        private static String published(PublishedFigure figure) {
            List<String> given = new ArrayList<>();
            figure.accuracy().ifPresent(value -> given.add("accuracy " + value + " %"));
            figure.f1().ifPresent(value -> given.add("F1 " + value + " %"));
            return given.isEmpty() ? "-" : String.join(", ", given);
        }

        private static String percent(Summary summary) {
            if (!Double.isFinite(summary.mean())) {
                return "-";
            }
            String deviation = Double.isFinite(summary.std()) ? " +- " + shown("%.2f", 100 * summary.std()) : "";
            return shown("%.2f", 100 * summary.mean()) + deviation + " %";
        }

        @Override
        public int exitCode() {
            return table.failures().stream()
                    .mapToInt(each -> each.category().exitCode())
                    .findFirst()
                    .orElse(0);
        }
    }
}

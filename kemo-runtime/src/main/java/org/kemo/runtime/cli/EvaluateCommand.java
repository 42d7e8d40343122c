package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Split;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.evaluation.Metrics;
import org.kemo.runtime.evaluation.ModelEvaluation;
import org.kemo.runtime.evaluation.ScoredLabels;
import org.kemo.runtime.evaluation.ScoredLabels.Labels;
import org.kemo.runtime.model.EmotionModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kemo evaluate}: how well a model does on a data set. */
@Command(name = "evaluate", description = "Scores a model on a data set.")
final class EvaluateCommand extends KemoCommand {
    @Mixin
    private ModelOptions model;

    @Mixin
    private ConfigurationOptions configuration;

    @Option(
            names = "--data",
            paramLabel = "SPEC",
            required = true,
            description = "A data block, as a file or inline: {type: ravdess, root: DIR, speakers: [6, 13]}.")
    private String data;

    @Option(names = "--modality", paramLabel = "NAME", description = "Score this modality's own classifier alone.")
    private Optional<String> modality = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "LABELS",
            defaultValue = "aligned",
            description =
                    "Classes to score in: aligned, those of the model; native, those that the modality was trained on.")
    private Labels labels;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "Score this part alone: train, validation, test. Without it, all that the data block gives.")
    private Optional<Split> split = Optional.empty();

    @Override
    protected Outcome run(CommandContext context) {
        KemoRuntime runtime = context.runtime(configuration.ofHost(context));
        Dataset whole = runtime.configurations()
                .component(DatasetReader.class, ConfigurationDocument.ofFileOrText(data, context.folder()))
                .value()
                .value()
                .read();
        Dataset scored = split.map(part -> part(whole, part)).orElse(whole);
        try (EmotionModel opened = model.open(context, runtime);
                ConsoleProgress progress = new ConsoleProgress(context.progress())) {
            ModelEvaluation evaluation =
                    new ModelEvaluation(opened, new ScoredLabels(modality.map(Modality::of), labels));
            progress.begins("evaluate", scored.utterances().size());
            return new Scored(evaluation.run(scored, done -> progress.stepped()));
        }
    }

    private static Dataset part(Dataset whole, Split part) {
        return new Dataset(
                whole.name(),
                whole.utterances().stream()
                        .filter(utterance -> utterance.split() == part)
                        .toList(),
                whole.notes(),
                whole.problems(),
                whole.paired());
    }

    private record Scored(ModelEvaluation.Report report) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = JsonOutput.asMap(report.metrics());
            // Those of the data stand before these, and all of them last.
            document.remove("notes");
            document.put("parameters", report.parameters());
            document.put("rtf", report.rtf());
            document.put("problems", report.problems());
            document.put("notes", notes());
            return document;
        }

        private List<String> notes() {
            return java.util.stream.Stream.concat(report.notes().stream(), report.metrics().notes().stream())
                    .toList();
        }

        @Override
        public void print(PrintWriter out) {
            Metrics metrics = report.metrics();
            out.printf(
                    Locale.ROOT,
                    "%d utterances, %d classes%naccuracy           %6.2f %%%nbalanced accuracy  %6.2f %%%nmacro F1           %6.2f %%%nweighted F1        %6.2f %%%n",
                    metrics.n(),
                    report.labels().size(),
                    100 * metrics.accuracy(),
                    100 * metrics.balancedAccuracy(),
                    100 * metrics.macroF1(),
                    100 * metrics.weightedF1());
            metrics.aucRoc().ifPresent(area -> out.printf(Locale.ROOT, "AUC-ROC            %6.2f %%%n", 100 * area));
            out.printf("%nconfusion, a row for each true class%n");
            List<String> names = metrics.confusion().labels();
            int width = names.stream().mapToInt(String::length).max().orElse(1) + 2;
            out.printf("%" + width + "s", "");
            names.forEach(name -> out.printf("%" + width + "s", name));
            out.println();
            for (int row = 0; row < names.size(); row++) {
                out.printf("%" + width + "s", names.get(row));
                metrics.confusion().counts().get(row).forEach(count -> out.printf("%" + width + "d", count));
                out.println();
            }
            if (report.rtf() > 0) {
                out.printf(Locale.ROOT, "%nreal-time factor %.4f%n", report.rtf());
            }
            notes().forEach(out::println);
            report.problems().forEach(out::println);
        }
    }
}

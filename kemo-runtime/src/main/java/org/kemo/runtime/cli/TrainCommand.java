package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.training.ModelTraining;
import org.kemo.runtime.training.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo train}: a model folder from a configuration and its data. */
@Command(
        name = "train",
        description =
                "Trains a model and writes its folder. A run that was killed goes on where it was when it is started again.")
final class TrainCommand extends KemoCommand {
    @Mixin
    private ConfigurationOptions configuration;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The model folder that is written.")
    private Path out;

    @Option(
            names = "--data",
            paramLabel = "STAGE=SPEC",
            description = "Other data for a stage, as a data block: audio={type: ravdess, root: DIR}. May be repeated.")
    private List<String> data = new ArrayList<>();

    @Parameters(paramLabel = "PATH=VALUE", description = "Overrides, as --set.")
    private List<String> overrides = new ArrayList<>();

    @Override
    protected Outcome run(CommandContext context) {
        if (!configuration.isGiven()) {
            throw KemoException.configuration("There is no configuration.", "Name one with --config.");
        }
        List<String> all = new ArrayList<>(overrides);
        for (String each : data) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw KemoException.configuration(
                        "The data [" + each + "] name no stage.", "Write --data audio={type: ravdess, root: DIR}.");
            }
            all.add("train.stages." + each.substring(0, equals) + ".data=" + each.substring(equals + 1));
        }
        ConfigurationDocument document = configuration.document(context, all);
        KemoRuntime runtime = context.runtimeOfRun(document);
        ResolvedConfiguration<KemoConfiguration> run = runtime.configurations().read(document);
        long begin = System.nanoTime();
        try (ConsoleProgress progress = new ConsoleProgress(context.progress())) {
            ModelTraining training = new ModelTraining(
                    run,
                    new ModelAssembly(run.value(), runtime.audio()),
                    TrainingData.asConfigured(),
                    runtime.features(),
                    runtime.preparations(),
                    Optional.empty(),
                    Duration.ofMinutes(runtime.host().checkpointMinutes()),
                    progress);
            Path folder = context.folder().resolve(out);
            ModelTraining.Report report =
                    training.run(folder, Kemo.version(), runtime.build(), runtime.plugins()::usedBy);
            return new Trained(folder, report, (System.nanoTime() - begin) * 1e-9);
        }
    }

    private record Trained(Path folder, ModelTraining.Report report, double seconds) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("model", folder.toString());
            document.put("metrics", report.metrics());
            document.put("parameters", report.parameters());
            document.put("epochs", report.epochs());
            document.put("seconds", seconds);
            document.put("problems", report.problems());
            document.put("notes", report.notes());
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            report.metrics().forEach((stage, metrics) -> out.printf("%s: %s%n", stage, metrics));
            out.printf(
                    Locale.ROOT,
                    "%d parameters, %d epochs, %.0f s%n",
                    report.parameters().total(),
                    report.epochs(),
                    seconds);
            report.notes().forEach(out::println);
            report.problems().forEach(out::println);
            out.printf("Model: %s%n", folder);
        }
    }
}

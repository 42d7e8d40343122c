package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.model.ModelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo config}: what a run would use. */
@Command(
        name = "config",
        description =
                "Prints what a run would use: every file merged, every default filled in, every mistake found. Values of"
                        + " environment variables are shown as ${NAME}.")
final class ConfigCommand extends KemoCommand {
    @Mixin
    private ConfigurationOptions configuration;

    @Option(names = "--model", paramLabel = "DIR", description = "A trained model, in the place of a file.")
    private Optional<Path> model = Optional.empty();

    @Parameters(paramLabel = "PATH=VALUE", description = "Overrides, as --set.")
    private List<String> overrides = new ArrayList<>();

    @Override
    protected Outcome run(CommandContext context) {
        if (configuration.isGiven() == model.isPresent()) {
            throw KemoException.configuration(
                    "One of --config and --model is needed.",
                    "Name a file with --config, or a trained model with --model.");
        }
        ConfigurationDocument document = model.map(folder -> configuration.overridden(
                        ModelFolder.configuration(context.folder().resolve(folder)), context, overrides))
                .orElseGet(() -> configuration.document(context, overrides));
        KemoRuntime runtime = model.isPresent() ? context.runtime(document) : context.runtimeOfRun(document);
        ResolvedConfiguration<KemoConfiguration> run = model.isPresent()
                ? runtime.configurations().readWithoutTraining(document)
                : runtime.configurations().read(document);
        return new Resolved(run, HostConfiguration.read(document, context.variables()));
    }

    private record Resolved(ResolvedConfiguration<KemoConfiguration> run, ResolvedConfiguration<HostConfiguration> host)
            implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("configuration", run.tree());
            document.put("host", host.tree());
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            out.print(run.yaml());
            out.print(host.yaml("host"));
        }
    }
}

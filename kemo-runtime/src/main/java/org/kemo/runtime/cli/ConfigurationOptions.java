package org.kemo.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.runtime.configuration.ConfigurationDocument;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
final class ConfigurationOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, YAML.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Overrides one value of the configuration: fusion.type=static. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    /**
     * What is written: the file that was named, or nothing, with the overrides.
     *
     * @param more overrides that were given in another way
     */
    ConfigurationDocument document(CommandContext context, List<String> more) {
        ConfigurationDocument document = config.map(
                        file -> ConfigurationDocument.ofFile(context.folder().resolve(file)))
                .orElseGet(() -> ConfigurationDocument.empty(context.folder()));
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        return document.with(all, context.folder());
    }

    /** {@link #document(CommandContext, List)} without more overrides. */
    ConfigurationDocument document(CommandContext context) {
        return document(context, List.of());
    }

    /** Whether a file was named. */
    boolean isGiven() {
        return config.isPresent();
    }
}

package org.kemo.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.runtime.ablation.AblationConfiguration;
import org.kemo.runtime.configuration.ConfigurationDocument;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that reads a configuration. A subcommand has those of the command above it, too. */
final class ConfigurationOptions {
    /** Paths of what is trained that an ablation has no option for; its own {@code labels} is one word. */
    private static final Pattern TRAINED = Pattern.compile("\\s*((fusion|modalities|plugins|train)[.=\\s]|labels\\.)");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration, YAML; analyze, evaluate, models, plugins and describe read its part host alone.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Overrides one value of the configuration: fusion.type=static; one of host where a command reads no more of it."
                            + " May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * What is written: the file that was named, or nothing, with the overrides.
     *
     * @param more overrides that were given in another way
     */
    ConfigurationDocument document(CommandContext context, List<String> more) {
        return overridden(written(context), context, more);
    }

    /** Another document with the overrides. */
    ConfigurationDocument overridden(ConfigurationDocument document, CommandContext context, List<String> more) {
        return document.with(all(more), context.folder());
    }

    /**
     * What is written of an ablation, with the overrides: {@code set.fusion.type=static} adds to what its variants have in common.
     *
     * @param more overrides that were given in another way
     * @throws KemoException category CONFIGURATION, where an override is of what is trained
     */
    ConfigurationDocument ofAblation(CommandContext context, List<String> more) {
        List<String> all = all(more);
        all.stream()
                .filter(each -> TRAINED.matcher(each).lookingAt())
                .findFirst()
                .ifPresent(other -> {
                    throw KemoException.configuration(
                            "The override [" + other
                                    + "] is of what an ablation trains, and not of the ablation itself.",
                            "Write set." + other.strip()
                                    + " for all variants that do not say it themselves, or variants.NAME.set."
                                    + other.strip() + " for one.");
                });
        return written(context).with(all, context.folder(), AblationConfiguration.class);
    }

    /** The file that was named, or nothing. */
    private ConfigurationDocument written(CommandContext context) {
        return config().map(
                        file -> ConfigurationDocument.ofFile(context.folder().resolve(file)))
                .orElseGet(() -> ConfigurationDocument.empty(context.folder()));
    }

    private List<String> all(List<String> more) {
        List<String> all = new ArrayList<>(overrides());
        all.addAll(more);
        return all;
    }

    /**
     * What is written, for a command that reads the part {@code host} alone.
     *
     * @throws KemoException category CONFIGURATION, where an override changes something else
     */
    ConfigurationDocument ofHost(CommandContext context) {
        overrides().stream()
                .filter(each -> !each.split("[.=]", 2)[0].strip().equals("host"))
                .findFirst()
                .ifPresent(other -> {
                    throw KemoException.configuration(
                            "The override [" + other + "] changes nothing here, where only [host] is read.",
                            "Leave it out, or set something of host; what a model is made of is set when it is trained.");
                });
        return document(context, List.of());
    }

    /** Whether a file was named. */
    boolean isGiven() {
        return config().isPresent();
    }

    private Optional<Path> config() {
        Optional<Path> above = ofParent().flatMap(ConfigurationOptions::config);
        if (above.isPresent() && config.isPresent()) {
            throw KemoException.configuration(
                    "There are two configurations, [" + above.get() + "] and [" + config.get() + "].", "Name one.");
        }
        return config.or(() -> above);
    }

    private List<String> overrides() {
        List<String> all = new ArrayList<>();
        ofParent().ifPresent(above -> all.addAll(above.overrides()));
        all.addAll(overrides);
        return all;
    }

    /** What stands before the name of a subcommand: {@code kemo models --set host.models.folder=DIR pull mbert}. */
    private Optional<ConfigurationOptions> ofParent() {
        return Optional.ofNullable(command.parent()).stream()
                .flatMap(parent -> parent.mixins().values().stream())
                .map(CommandSpec::userObject)
                .filter(ConfigurationOptions.class::isInstance)
                .map(ConfigurationOptions.class::cast)
                .findFirst();
    }
}

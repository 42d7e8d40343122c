package org.kemo.runtime.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.plugin.ComponentKind;
import org.kemo.runtime.text.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kemo describe}: which components there are, and what the options of one mean. */
@Command(
        name = "describe",
        description = {
            "Describes components: all of them, those of a kind, or one with its options.",
            "Kinds: preprocessor, feature, encoder, transcriber, fusion, dataset, training;"
                    + " and configuration and ablation, which describe the files themselves."
        })
final class DescribeCommand extends KemoCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "fusion, feature, ...")
    private Optional<String> kind = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "dynamic-gated, mfcc, ...")
    private Optional<String> name = Optional.empty();

    @Mixin
    private ConfigurationOptions configuration;

    @Override
    protected Outcome run(CommandContext context) {
        Optional<FileDescription> file = kind.flatMap(FileDescription::of);
        if (file.isPresent()) {
            return file.get();
        }
        KemoRuntime runtime = context.runtime(configuration.ofHost(context));
        if (kind.isEmpty()) {
            return ComponentList.of(runtime.plugins(), List.of(ComponentKind.values()));
        }
        ComponentKind wanted = kind(kind.get());
        return name.isEmpty()
                ? ComponentList.of(runtime.plugins(), List.of(wanted))
                : ComponentDescription.of(runtime.plugins(), wanted, name.get());
    }

    private static ComponentKind kind(String label) {
        List<String> labels =
                Arrays.stream(ComponentKind.values()).map(ComponentKind::label).toList();
        return Arrays.stream(ComponentKind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> KemoException.configuration(
                        "There is no kind of component [" + label + "].",
                        NearestName.among(labels).suggestion(label)));
    }
}

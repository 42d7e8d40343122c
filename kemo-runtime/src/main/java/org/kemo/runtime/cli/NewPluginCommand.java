package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.plugin.PluginInfo;
import org.kemo.runtime.skeleton.PluginNames;
import org.kemo.runtime.skeleton.PluginSkeleton;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo plugins new}: a plugin to begin with. */
@Command(
        name = "new",
        description = {
            "Writes a fusion strategy in a build of its own, to be changed into yours.",
            "It is the one in examples/fusion-plugin under other names: a POM, a strategy, its tests, and a page on how to go on."
        })
final class NewPluginCommand extends KemoCommand {
    @Parameters(paramLabel = "NAME", description = "What configurations will call it: lower-case-with-hyphens.")
    private String name;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of its classes; org.example.NAME, without hyphens, where none is given.")
    private Optional<String> packageName = Optional.empty();

    @Option(names = "--folder", paramLabel = "DIR", description = "Where it is written; NAME where none is given.")
    private Optional<Path> folder = Optional.empty();

    @Mixin
    private ConfigurationOptions configuration;

    @Override
    protected Outcome run(CommandContext context) {
        KemoRuntime runtime = context.runtime(configuration.ofHost(context));
        PluginSkeleton skeleton = PluginSkeleton.ofFusion(context.home().project());
        for (PluginInfo plugin : runtime.inventory().list()) {
            requireOther(plugin, skeleton.kind());
        }
        PluginNames names = skeleton.named(name, packageName);
        Path shown = folder.orElse(Path.of(name));
        List<Path> files = skeleton.write(names, context.folder().resolve(shown), shown.toString());
        return new Written(names, skeleton.kind(), shown, files);
    }

    private void requireOther(PluginInfo plugin, String kind) {
        boolean brings = plugin.components().stream()
                .anyMatch(component -> component.kind().label().equals(kind)
                        && component.name().equals(name));
        if (plugin.id().equals(name) || brings) {
            throw KemoException.configuration(
                    "The name [" + name + "] is that of the plugin [" + plugin.id() + "] in [" + plugin.archive()
                            + "].",
                    "Give another name.");
        }
    }

    private record Written(PluginNames names, String kind, Path folder, List<Path> files) implements Outcome {
        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", kind);
            document.put("name", names.id());
            document.put("package", names.packageName());
            document.put("folder", folder);
            document.put("files", files);
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            files.forEach(file -> out.println(folder.resolve(file)));
            out.println("How it goes on stands in " + folder.resolve("README.md") + ".");
        }
    }
}

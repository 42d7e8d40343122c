package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.plugin.PluginInfo;
import org.kemo.runtime.plugin.PluginInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kemo plugins}: what is installed, whether it is whole, and what may load. */
@Command(
        name = "plugins",
        description = "Lists, checks and switches plugins, and begins new ones.",
        subcommands = {
            PluginsCommand.ListPlugins.class,
            PluginsCommand.Check.class,
            PluginsCommand.Enable.class,
            PluginsCommand.Disable.class,
            PluginsCommand.Lock.class,
            NewPluginCommand.class
        })
final class PluginsCommand extends KemoCommand {
    @Mixin
    private ConfigurationOptions configuration;

    /** Without a subcommand the list is meant. */
    @Override
    protected Outcome run(CommandContext context) {
        return new PluginTable(
                context.runtime(configuration.ofHost(context)).inventory().list());
    }

    /** One of the things that can be done with plugins. */
    abstract static class PluginsSubcommand extends KemoCommand {
        @Mixin
        private ConfigurationOptions configuration;

        @Override
        protected final Outcome run(CommandContext context) {
            return run(context.runtime(configuration.ofHost(context)).inventory());
        }

        abstract Outcome run(PluginInventory inventory);
    }

    @Command(name = "list", description = "Lists the plugins and the components that they bring.")
    static final class ListPlugins extends PluginsSubcommand {
        @Override
        Outcome run(PluginInventory inventory) {
            return new PluginTable(inventory.list());
        }
    }

    @Command(
            name = "check",
            description = "Checks every plugin from its first byte to its last and lists what is wrong.")
    static final class Check extends PluginsSubcommand {
        @Override
        Outcome run(PluginInventory inventory) {
            return new Checked(inventory.check());
        }
    }

    @Command(name = "enable", description = "Switches a plugin on, and those that it depends on.")
    static final class Enable extends PluginsSubcommand {
        @Parameters(paramLabel = "ID", description = "The plugin.")
        private String id;

        @Override
        Outcome run(PluginInventory inventory) {
            List<String> enabled = inventory.enable(id);
            return new Sentence(
                    Map.of("enabled", enabled),
                    enabled.isEmpty() ? "Plugin [" + id + "] was enabled already." : "Enabled " + enabled + ".");
        }
    }

    @Command(name = "disable", description = "Switches a plugin off.")
    static final class Disable extends PluginsSubcommand {
        @Parameters(paramLabel = "ID", description = "The plugin.")
        private String id;

        @Override
        Outcome run(PluginInventory inventory) {
            boolean changed = inventory.disable(id);
            return new Sentence(
                    Map.of("disabled", changed ? List.of(id) : List.of()),
                    changed ? "Disabled [" + id + "]." : "Plugin [" + id + "] was disabled already.");
        }
    }

    @Command(
            name = "lock",
            description = "Writes the sums of all enabled plugins to plugins.lock: from then on nothing else loads.")
    static final class Lock extends PluginsSubcommand {
        @Override
        Outcome run(PluginInventory inventory) {
            Path file = inventory.lock();
            return new Sentence(Map.of("lock", file), "Wrote [" + file + "].");
        }
    }

    private record PluginTable(List<PluginInfo> plugins) implements Outcome {
        @Override
        public Object json() {
            return Map.of("plugins", plugins.stream().map(PluginTable::json).toList());
        }

        @Override
        public void print(PrintWriter out) {
            for (PluginInfo plugin : plugins) {
                out.println(plugin.id() + " " + plugin.version() + " "
                        + plugin.state().label()
                        + plugin.components().stream()
                                .map(component -> component.kind().label() + " " + component.name())
                                .collect(Collectors.joining(
                                        ", ", plugin.components().isEmpty() ? "" : ": ", "")));
                plugin.problems().forEach(problem -> out.println("  " + problem.getMessage()));
            }
        }

        private static Map<String, Object> json(PluginInfo plugin) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", plugin.id());
            json.put("version", plugin.version());
            json.put("state", plugin.state());
            json.put("components", plugin.components());
            json.put("archive", plugin.archive());
            json.put("problems", plugin.problems());
            return json;
        }
    }

    private record Checked(List<KemoException> problems) implements Outcome {
        @Override
        public Object json() {
            return Map.of("problems", problems);
        }

        @Override
        public void print(PrintWriter out) {
            if (problems.isEmpty()) {
                out.println("All plugins are whole.");
            }
            problems.forEach(problem -> out.println(problem.getMessage()));
        }

        @Override
        public int exitCode() {
            return problems.isEmpty() ? 0 : problems.get(0).category().exitCode();
        }
    }

    private record Sentence(Map<String, Object> document, String words) implements Outcome {
        @Override
        public Object json() {
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            out.println(words);
        }
    }
}

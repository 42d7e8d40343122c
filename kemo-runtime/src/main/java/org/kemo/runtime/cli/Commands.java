package org.kemo.runtime.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name, in the order of the help. Only the one that is called is made: picocli reads every annotation of every
 * command it is given, which for all of them costs a tenth of a second.
 */
final class Commands {
    private Commands() {}

    private static Map<String, Supplier<KemoCommand>> all() {
        Map<String, Supplier<KemoCommand>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("ablate", AblateCommand::new);
        commands.put("features", FeaturesCommand::new);
        commands.put("agreement", AgreementCommand::new);
        commands.put("models", ModelsCommand::new);
        commands.put("plugins", PluginsCommand::new);
        commands.put("describe", DescribeCommand::new);
        commands.put("config", ConfigCommand::new);
        return commands;
    }

    /** Adds the command that the arguments call; all of them where they call none, for the help and the nearest name. */
    static void addTo(CommandLine kemo, List<String> arguments) {
        Map<String, Supplier<KemoCommand>> all = all();
        List<String> called = arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .limit(1)
                .toList();
        all.forEach((name, command) -> {
            if (called.contains(name) || !all.keySet().containsAll(called) || called.isEmpty()) {
                kemo.addSubcommand(name, command.get());
            }
        });
    }
}

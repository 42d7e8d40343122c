package org.kemo.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kemo.runtime.text.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code kemo}. Ends with 0 where all is done, and otherwise with the code of the error's category: 1 a fault of
 * Kemo's own, 2 usage or configuration, 3 input data, 4 plugin or model, 5 device or overload.
 */
@Command(
        name = "kemo",
        description = "Recognises emotion from speech and its words.",
        versionProvider = Kemo.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class Kemo implements Runnable {
    private final CommandContext context;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document and nothing else on standard output.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces and the debug log.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private Kemo(CommandContext context) {
        this.context = context;
    }

    /** Runs a command and ends the process with its code. */
    public static void main(String[] arguments) {
        // Whatever the locale: digits are those that other programs read, JSON is UTF-8, and so are most terminals.
        Locale.setDefault(Locale.ROOT);
        PrintWriter out = new PrintWriter(
                new StandardOutput(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exitCode = run(List.of(arguments), out, err, CommandContext.ofProcess(err));
        err.flush();
        System.exit(exitCode);
    }

    /**
     * Runs a command.
     *
     * @param arguments the name of the command and its own
     * @param out receives the outcome, and in JSON the error; flushed at the end
     * @param err receives progress and errors
     * @param context what the command may use; closed at the end
     * @return the exit code
     */
    static int run(List<String> arguments, PrintWriter out, PrintWriter err, CommandContext context) {
        Kemo kemo = new Kemo(context);
        ErrorOutput errors = new ErrorOutput(out, err, arguments);
        CommandLine commandLine = new CommandLine(kemo);
        Commands.addTo(commandLine, arguments);
        commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // Words may begin with @, whatever files there are.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((exception, given) -> errors.usage(exception, suggestion(exception)))
                .setExecutionExceptionHandler((exception, command, parsed) -> errors.failure(exception));
        int exitCode = execute(commandLine, arguments, errors, context);
        // A PrintWriter keeps it to itself.
        return out.checkError() ? errors.lost(exitCode) : exitCode;
    }

    private static int execute(
            CommandLine commandLine, List<String> arguments, ErrorOutput errors, CommandContext context) {
        try (context) {
            return commandLine.execute(arguments.toArray(String[]::new));
        } catch (Error e) {
            // Let through by picocli: memory that ran out, a plugin of another version, a library that is missing.
            return errors.failure(e);
        }
    }

    /** Without a command there is only this to say. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    boolean json() {
        return json;
    }

    CommandContext context() {
        Logging.start(debug);
        return context;
    }

    private static String suggestion(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String written = unmatched.getUnmatched().get(0);
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        return written.startsWith("-")
                ? NearestName.among(command.optionsMap().keySet())
                        .to(written)
                        .map(Kemo::didYouMean)
                        .orElse("")
                : command.subcommands().isEmpty()
                        ? ""
                        : NearestName.among(command.subcommands().keySet()).suggestion(written);
    }

    private static String didYouMean(String name) {
        return "Did you mean [" + name + "]?";
    }

    /** The version of this build. */
    static String version() {
        return Version.ofModule();
    }

    /** The version of this build and of the Java that it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"kemo " + ofModule() + " on Java " + Runtime.version()};
        }

        /** The compiler writes it into the module; outside of one there is none. */
        private static String ofModule() {
            return Optional.ofNullable(Kemo.class.getModule().getDescriptor())
                    .flatMap(ModuleDescriptor::rawVersion)
                    .orElse("(not a module)");
        }
    }
}

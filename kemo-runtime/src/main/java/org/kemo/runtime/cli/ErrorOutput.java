package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.ConfigurationMistake;
import org.kemo.runtime.configuration.InvalidConfiguration;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong: two sentences on standard error, with {@code --debug} the stack trace. With {@code --json} standard output
 * holds one document all the same: {@code error{category, problem, remedy}}, and {@code mistakes[]} with their places where a
 * configuration was wrong.
 */
final class ErrorOutput {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean debug;

    ErrorOutput(PrintWriter out, PrintWriter err, List<String> arguments) {
        this.out = out;
        this.err = err;
        // Looked up here and not in what was parsed, since parsing may be what failed.
        this.json = arguments.contains("--json");
        this.debug = arguments.contains("--debug");
    }

    /** A command or an option that does not exist or is not whole. */
    int usage(ParameterException exception, String suggestion) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String remedy = (suggestion.isEmpty() ? "" : suggestion + " ") + command + " --help says how to call it.";
        return say(KemoException.configuration(problem(exception), remedy).causedBy(exception));
    }

    /** Picocli's own words but for a command that does not exist: those speak of arguments. */
    private static String problem(ParameterException exception) {
        boolean commands =
                !exception.getCommandLine().getCommandSpec().subcommands().isEmpty();
        return commands
                        && exception instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getUnmatched().isEmpty()
                        && !unmatched.getUnmatched().get(0).startsWith("-")
                ? "There is no command [" + unmatched.getUnmatched().get(0) + "]."
                : sentence(exception.getMessage());
    }

    /** What a command threw. */
    int failure(Throwable thrown) {
        return say(KemoException.of(thrown));
    }

    /**
     * Standard output has not taken all that a command said: a full disk, say.
     *
     * @param exitCode of the command
     * @return the same, or where all else went well that of this
     */
    int lost(int exitCode) {
        int own = say(KemoException.configuration(
                "Standard output cannot be written to the end.", "See whether there is room where it goes."));
        return exitCode == 0 ? own : exitCode;
    }

    private int say(KemoException exception) {
        err.println("kemo: " + exception.problem().stripTrailing());
        err.println(exception.remedy());
        if (debug) {
            exception.printStackTrace(err);
        }
        err.flush();
        if (json) {
            JsonOutput.write(Map.of("error", document(exception)), out);
        }
        return exception.category().exitCode();
    }

    private static Map<String, Object> document(KemoException exception) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("category", exception.category());
        error.put("problem", exception.problem().stripTrailing());
        error.put("remedy", exception.remedy());
        if (exception.getCause() instanceof InvalidConfiguration invalid) {
            error.put(
                    "mistakes",
                    invalid.mistakes().stream().map(ErrorOutput::document).toList());
        }
        return error;
    }

    private static Map<String, Object> document(ConfigurationMistake mistake) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("source", mistake.place().source());
        document.put("line", mistake.place().line());
        document.put("column", mistake.place().column());
        document.put("path", mistake.path());
        document.put("message", mistake.message());
        document.put("suggestion", mistake.suggestion());
        return document;
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}

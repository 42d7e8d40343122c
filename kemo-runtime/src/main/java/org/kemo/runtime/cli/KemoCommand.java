package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What every command is: options and parameters as picocli's annotations describe them, and {@link #run}. It has {@code --json},
 * {@code --debug} and {@code --help} without saying so.
 */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true, sortOptions = false)
public abstract class KemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /**
     * Does the work.
     *
     * @param context the runtime, and where progress goes
     * @return what is printed
     * @throws org.kemo.api.KemoException whose category becomes the exit code
     */
    protected abstract Outcome run(CommandContext context);

    /**
     * Shows a person a part of the outcome as soon as it is there; with {@code --json}, which is one document, nothing.
     *
     * @param part is written to standard output
     */
    protected final void show(Consumer<PrintWriter> part) {
        if (!((Kemo) spec.root().userObject()).json()) {
            PrintWriter out = spec.commandLine().getOut();
            part.accept(out);
            out.flush();
        }
    }

    @Override
    public final Integer call() {
        Kemo kemo = (Kemo) spec.root().userObject();
        Outcome outcome = run(kemo.context());
        PrintWriter out = spec.commandLine().getOut();
        if (kemo.json()) {
            JsonOutput.write(outcome.json(), out);
        } else {
            outcome.print(out);
            out.flush();
        }
        return outcome.exitCode();
    }
}

package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.runtime.KemoHome;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.ConfigurationMistake;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.InvalidConfiguration;

/** What a command may use beside its own options. Belongs to one thread. */
public final class CommandContext implements AutoCloseable {
    private final Supplier<KemoHome> home;
    private final Map<String, String> variables;
    private final Path folder;
    private final PrintWriter progress;
    private Optional<KemoRuntime> runtime = Optional.empty();

    /**
     * A context.
     *
     * @param home where Kemo lies; asked for when a command needs to know
     * @param variables the environment
     * @param folder what relative paths on the command line start from
     * @param progress standard error
     */
    CommandContext(Supplier<KemoHome> home, Map<String, String> variables, Path folder, PrintWriter progress) {
        this.home = home;
        this.variables = Map.copyOf(variables);
        this.folder = folder;
        this.progress = progress;
    }

    /** That of this process. */
    static CommandContext ofProcess(PrintWriter progress) {
        return new CommandContext(
                () -> KemoHome.find(System.getProperties(), System.getenv()),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                progress);
    }

    /**
     * The runtime, with the host that a configuration describes; closed when the command has ended. Making it costs nothing: its
     * parts come when they are asked for.
     */
    public KemoRuntime runtime(ConfigurationDocument document) {
        KemoRuntime made = new KemoRuntime(
                home(),
                HostConfiguration.read(document, variables).value(),
                variables,
                new ConsoleFetchProgress(progress));
        close();
        runtime = Optional.of(made);
        return made;
    }

    /**
     * As {@link #runtime}, for a document that describes a run. Its part {@code host} is read before all else, since it says which plugins
     * there are; where something is wrong in it, the mistakes of the rest are said with it.
     *
     * @throws KemoException category CONFIGURATION, where the document describes an ablation, too
     */
    public KemoRuntime runtimeOfRun(ConfigurationDocument document) {
        document.text("base").ifPresent(base -> {
            throw KemoException.configuration(
                    "The configuration has the base [" + base
                            + "], as that of an ablation has, and describes no single run.",
                    "Check an ablation with kemo ablate --config FILE --out DIR --plan; a single run takes another file over with"
                            + " extends.");
        });
        try {
            return runtime(document);
        } catch (KemoException e) {
            throw e.getCause() instanceof InvalidConfiguration host ? host.with(mistakesOfRun(document)) : e;
        }
    }

    private List<ConfigurationMistake> mistakesOfRun(ConfigurationDocument document) {
        try {
            // Which components there are hangs on the plugins alone.
            runtime(document.with(List.of("host.sessions={}", "host.cache={}"), folder))
                    .configurations()
                    .read(document);
            return List.of();
        } catch (KemoException e) {
            return e.getCause() instanceof InvalidConfiguration run ? run.mistakes() : List.of();
        }
    }

    /** Where Kemo lies. */
    public KemoHome home() {
        return home.get();
    }

    /** The folder that relative paths on the command line start from. */
    public Path folder() {
        return folder;
    }

    /** The environment. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Where progress and warnings go: standard error. */
    public PrintWriter progress() {
        return progress;
    }

    @Override
    public void close() {
        runtime.ifPresent(KemoRuntime::close);
        runtime = Optional.empty();
    }
}

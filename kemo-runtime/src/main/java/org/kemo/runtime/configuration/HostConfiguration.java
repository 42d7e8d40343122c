package org.kemo.runtime.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.component.Option;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.session.SessionsConfiguration;

/**
 * The part {@code host} of a configuration: what the machine gives to a run, whatever the run is. It is read before any plugin is
 * loaded, since it says which ones are.
 *
 * @param sessions how models are run
 * @param plugins where they lie and which are left out
 * @param cache where results of frozen steps are kept
 * @param models where pretrained models are kept
 * @param checkpointMinutes the time within an epoch of training after which what a stopped run goes on from is written; after each epoch
 *     it always is
 */
public record HostConfiguration(
        @Option(value = "How models are run", defaultValue = "{}") SessionsConfiguration sessions,
        @Option(value = "Where plugins lie and which are left out", defaultValue = "{}") PluginsConfiguration plugins,
        @Option(value = "Where results of frozen steps are kept", defaultValue = "{}") CacheConfiguration cache,
        @Option(value = "Where pretrained models are kept", defaultValue = "{}") ModelsConfiguration models,
        @Option(
                        value =
                                "Time within an epoch after which a checkpoint is written, beside the one after it; 0 for each step",
                        defaultValue = "10",
                        unit = "min",
                        min = 0)
                int checkpointMinutes) {

    /** What a configuration that says nothing means. */
    public static HostConfiguration defaults() {
        return read(ConfigurationDocument.empty(Path.of("").toAbsolutePath()), Map.of())
                .value();
    }

    /**
     * Reads the part {@code host} of a document; all defaults where there is none.
     *
     * @param variables the environment, {@link System#getenv()}
     * @throws org.kemo.api.KemoException category CONFIGURATION, with all mistakes of this part
     */
    public static ResolvedConfiguration<HostConfiguration> read(
            ConfigurationDocument document, Map<String, String> variables) {
        Mistakes mistakes = new Mistakes();
        Mapping root = document.root();
        Node host = root.value(ConfigurationReader.HOST).orElse(Mapping.empty(root.place()));
        Optional<Bound<HostConfiguration>> bound = new TypeBinder(ComponentCatalog.empty(), variables, mistakes)
                .record(HostConfiguration.class, host, ConfigurationReader.HOST);
        mistakes.throwIfAny();
        return new ResolvedConfiguration<>(
                bound.orElseThrow().value(), (Mapping) bound.orElseThrow().node());
    }
}

package org.kemo.runtime.configuration;

import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.plugin.ComponentKind;

/**
 * Makes records and components from what is written, and says all that is wrong with it at once. Every method throws a {@link
 * KemoException} of category CONFIGURATION whose {@linkplain Throwable#getCause cause} is an {@link InvalidConfiguration}, or one
 * of another category where a component cannot be made for a reason that is not written there. Immutable, safe for use by
 * several threads at once.
 */
public final class ConfigurationReader {
    /** The part of a file that the host reads before it loads plugins: {@link HostConfiguration}. */
    static final String HOST = "host";

    private static final String TRAIN = "train";

    private final ComponentCatalog catalog;
    private final Map<String, String> variables;

    /**
     * A reader.
     *
     * @param catalog the components that may be named
     * @param variables the environment, {@link System#getenv()}
     */
    public ConfigurationReader(ComponentCatalog catalog, Map<String, String> variables) {
        this.catalog = catalog;
        this.variables = Map.copyOf(variables);
    }

    /** All of a run. The part {@code host} is not looked at. */
    public ResolvedConfiguration<KemoConfiguration> read(ConfigurationDocument document) {
        return read(KemoConfiguration.class, document.without(HOST));
    }

    /**
     * A model that is to be used and not trained: the part {@code train} is not looked at, so that neither its data nor its
     * plugins need to be there.
     */
    public ResolvedConfiguration<KemoConfiguration> readWithoutTraining(ConfigurationDocument document) {
        return read(KemoConfiguration.class, document.without(HOST).without(TRAIN));
    }

    /**
     * A single component, {@code {type: ravdess, root: DIR}}.
     *
     * @param product what it is, for example {@code DatasetReader.class}
     */
    public <P> ResolvedConfiguration<Component<P>> component(Class<P> product, ConfigurationDocument document) {
        ComponentKind kind = ComponentKind.ofProduct(product)
                .orElseThrow(() -> KemoException.fault(
                        "There is no kind of component that makes a [" + product.getName() + "].",
                        "Name one of the interfaces of ComponentKind."));
        Mistakes mistakes = new Mistakes();
        Optional<Bound<Component<?>>> bound =
                new TypeBinder(catalog, variables, mistakes).component(kind, document.root());
        mistakes.throwIfAny();
        Component<?> component = bound.orElseThrow().value();
        return new ResolvedConfiguration<>(
                new Component<>(
                        component.type(), component.version(), component.options(), product.cast(component.value())),
                (Mapping) bound.orElseThrow().node());
    }

    /** A record of any other kind; a component of it with neither {@code @Option} nor {@code @OptionGroup} must be given. */
    public <R extends Record> ResolvedConfiguration<R> read(Class<R> type, ConfigurationDocument document) {
        Mistakes mistakes = new Mistakes();
        Optional<Bound<R>> bound = new TypeBinder(catalog, variables, mistakes).record(type, document.root(), "");
        mistakes.throwIfAny();
        return new ResolvedConfiguration<>(
                bound.orElseThrow().value(), (Mapping) bound.orElseThrow().node());
    }
}

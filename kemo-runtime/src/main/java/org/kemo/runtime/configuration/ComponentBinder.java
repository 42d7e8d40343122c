package org.kemo.runtime.configuration;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.plugin.ComponentKind;

/** Binds {@code {type: NAME, ...}} to the component that the factory of that name makes. */
final class ComponentBinder {
    private final ComponentCatalog catalog;
    private final ScalarBinder scalars;
    private final RecordBinder records;
    private final Mistakes mistakes;

    ComponentBinder(ComponentCatalog catalog, ScalarBinder scalars, RecordBinder records, Mistakes mistakes) {
        this.catalog = catalog;
        this.scalars = scalars;
        this.records = records;
        this.mistakes = mistakes;
    }

    Optional<Bound<Component<?>>> bind(ComponentKind kind, Node node, String path) {
        if (!(Overlay.inFull(node) instanceof Mapping written)) {
            mistakes.add(
                    node.place(),
                    path,
                    "expected " + Expectation.component(kind) + ", but found " + node.words() + ".",
                    known(kind));
            return Optional.empty();
        }
        Mapping mapping = ownOptions(written);
        Optional<Node> name = mapping.value(Overlay.TYPE);
        if (name.isEmpty()) {
            mistakes.add(
                    mapping.place(),
                    TypeBinder.below(path, Overlay.TYPE),
                    "is missing: the name of a component of kind " + kind.label() + "." + withoutBlank(mapping),
                    known(kind));
            return Optional.empty();
        }
        return scalars.text(name.get(), TypeBinder.below(path, Overlay.TYPE))
                .flatMap(bound -> factory(kind, bound, TypeBinder.below(path, Overlay.TYPE))
                        .flatMap(factory -> make(factory, bound, mapping, path)));
    }

    /** In YAML {@code {type:mfcc}} is a key of that whole name, without a value. */
    private static String withoutBlank(Mapping mapping) {
        return mapping.entries().keySet().stream()
                .filter(key -> key.startsWith(Overlay.TYPE + ":"))
                .findFirst()
                .map(key -> " A blank belongs after the colon of [" + key + "].")
                .orElse("");
    }

    private Optional<ComponentFactory<?, ?>> factory(ComponentKind kind, Bound<String> type, String path) {
        String name = type.value();
        Optional<ComponentFactory<?, ?>> factory = catalog.find(kind, name);
        if (factory.isEmpty()) {
            Optional<ComponentKind> other = Arrays.stream(ComponentKind.values())
                    .filter(candidate -> catalog.names(candidate).contains(name))
                    .findFirst();
            mistakes.addAbsence(
                    type.node().place(),
                    path,
                    "there is no component [" + ((Scalar) type.node()).shown() + "] of kind " + kind.label() + "."
                            + other.map(found -> " It is of kind " + found.label() + ".")
                                    .orElse(""),
                    catalog.suggestion(kind, name));
        }
        return factory;
    }

    private <C extends Record, P> Optional<Bound<Component<?>>> make(
            ComponentFactory<C, P> factory, Bound<String> name, Mapping mapping, String path) {
        return records.bind(factory.options(), mapping.without(Overlay.TYPE), path)
                .flatMap(options -> records.attempt(mapping.place(), path, () -> created(factory, options.value()))
                        .map(made -> bound(factory, name, options, made)));
    }

    private static <C extends Record, P> P created(ComponentFactory<C, P> factory, C options) {
        try {
            return Objects.requireNonNull(factory.create(options), "its factory gives null");
        } catch (KemoException | IllegalArgumentException e) {
            // Said of the options.
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw ComponentFailure.inWords("The component [" + factory.name() + "] cannot be made", e);
        }
    }

    private static <C extends Record, P> Bound<Component<?>> bound(
            ComponentFactory<C, P> factory, Bound<String> name, Bound<C> options, P made) {
        Map<String, Entry> nodes = new LinkedHashMap<>();
        nodes.put(Overlay.TYPE, Entry.of(name.node().place(), name.node()));
        nodes.putAll(((Mapping) options.node()).entries());
        Component<?> component = new Component<>(factory.name(), factory.version(), options.json(), made);
        // A component inside another says its version too: what it computes is part of what the outer one computes.
        String type = ScalarBinder.quoted(factory.name() + "@" + factory.version());
        String separator = options.json().equals("{}") ? "" : ",";
        return new Bound<>(
                component,
                new Mapping(options.node().place(), nodes),
                "{\"type\":" + type + separator + options.json().substring(1));
    }

    private static Mapping ownOptions(Mapping written) {
        Map<String, Entry> own = new LinkedHashMap<>(written.entries());
        own.values().removeIf(Entry::ofAnotherType);
        return new Mapping(written.place(), own);
    }

    private String known(ComponentKind kind) {
        return "Known are " + catalog.names(kind) + ".";
    }
}

package org.kemo.runtime.configuration;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.plugin.ComponentKind;

/**
 * Binds a tree to the type of an option. What cannot be bound becomes a mistake and the rest is bound all the same, so that one
 * reading finds everything. Belongs to one thread and one reading.
 */
final class TypeBinder {
    private final Mistakes mistakes;
    private final ScalarBinder scalars;
    private final RecordBinder records;
    private final ComponentBinder components;

    TypeBinder(ComponentCatalog catalog, Map<String, String> variables, Mistakes mistakes) {
        Environment environment = new Environment(variables, mistakes);
        this.mistakes = mistakes;
        this.scalars = new ScalarBinder(environment, mistakes);
        this.records = new RecordBinder(this, environment, mistakes);
        this.components = new ComponentBinder(catalog, scalars, records, mistakes);
    }

    /**
     * Binds.
     *
     * @param type of the option
     * @param option its range
     * @param node what stands there
     * @param path to it
     * @return empty where there was a mistake
     */
    Optional<? extends Bound<?>> bind(Type type, OptionDescription option, Node node, String path) {
        Class<?> raw = Expectation.rawType(type);
        if (raw == Optional.class) {
            return optional(type, option, node, path);
        }
        if (raw == List.class || raw == Set.class) {
            return list(type, option, node, path);
        }
        if (raw == Map.class && Expectation.argument(type, 0) == String.class) {
            return map(type, option, node, path);
        }
        if (raw == Overrides.class) {
            return overrides(option, node, path);
        }
        if (ScalarBinder.binds(raw)) {
            return scalars.bind(raw, option, node, path);
        }
        Optional<ComponentKind> kind = Expectation.kind(type);
        if (kind.isPresent()) {
            Optional<Bound<Component<?>>> component = components.bind(kind.get(), node, path);
            return raw == Component.class
                    ? component
                    : component.map(bound -> new Bound<>(bound.value().value(), bound.node(), bound.json()));
        }
        if (raw.isRecord()) {
            return records.bind(raw.asSubclass(Record.class), node, path);
        }
        throw KemoException.plugin(
                "The option [" + path + "] is of the type [" + type.getTypeName()
                        + "], which a configuration cannot hold.",
                "Use numbers, booleans, String, Path, Duration, enums, records, components, and List, Set, Map<String, ...> or"
                        + " Optional of these.");
    }

    /** Binds a record. */
    <R extends Record> Optional<Bound<R>> record(Class<R> type, Node node, String path) {
        return records.bind(type, node, path);
    }

    /** Binds a component that stands alone. */
    Optional<Bound<Component<?>>> component(ComponentKind kind, Node node) {
        return components.bind(kind, node, "");
    }

    private Optional<Bound<?>> overrides(OptionDescription option, Node node, String path) {
        if (!(node instanceof Mapping mapping)) {
            refuse(Overrides.class, option, node, path);
            return Optional.empty();
        }
        // What they mean shows when they are applied; until then they stand as they were written.
        Overrides overrides = new Overrides(mapping);
        return Optional.of(new Bound<>(overrides, mapping, ScalarBinder.quoted(overrides.toString())));
    }

    private Optional<? extends Bound<?>> optional(Type type, OptionDescription option, Node node, String path) {
        if (node instanceof Scalar scalar && scalar.is(Scalar.Kind.NULL)) {
            return Optional.of(new Bound<>(Optional.empty(), scalar, "null"));
        }
        return bind(Expectation.argument(type, 0), option, node, path)
                .map(bound -> new Bound<>(Optional.of(bound.value()), bound.node(), bound.json()));
    }

    private Optional<Bound<?>> list(Type type, OptionDescription option, Node node, String path) {
        if (!(node instanceof Listing listing)) {
            if (Expectation.kind(Expectation.argument(type, 0)).isPresent()) {
                // One component stands for a list of it, and stays as it is written.
                return bind(Expectation.argument(type, 0), option, node, path)
                        .map(bound -> new Bound<>(List.of(bound.value()), bound.node(), bound.json()));
            }
            refuse(type, option, node, path);
            return Optional.empty();
        }
        List<Bound<?>> elements = new ArrayList<>();
        for (int i = 0; i < listing.elements().size(); i++) {
            bind(Expectation.argument(type, 0), option, listing.elements().get(i), below(path, Integer.toString(i)))
                    .ifPresent(elements::add);
        }
        if (elements.size() < listing.elements().size()) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        elements.forEach(element -> values.add(element.value()));
        return Optional.of(new Bound<>(
                Expectation.rawType(type) == Set.class
                        ? Collections.unmodifiableSet(new LinkedHashSet<>(values))
                        : List.copyOf(values),
                new Listing(listing.place(), elements.stream().map(Bound::node).toList()),
                elements.stream().map(Bound::json).collect(Collectors.joining(",", "[", "]"))));
    }

    private Optional<Bound<?>> map(Type type, OptionDescription option, Node node, String path) {
        if (!(node instanceof Mapping mapping)) {
            refuse(type, option, node, path);
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Entry> nodes = new LinkedHashMap<>();
        List<String> json = new ArrayList<>();
        mapping.entries()
                .forEach((key, entry) -> bind(Expectation.argument(type, 1), option, entry.value(), below(path, key))
                        .ifPresent(bound -> {
                            values.put(key, bound.value());
                            nodes.put(key, Entry.of(entry.place(), bound.node()));
                            json.add(ScalarBinder.quoted(key) + ":" + bound.json());
                        }));
        return values.size() < mapping.entries().size()
                ? Optional.empty()
                : Optional.of(new Bound<>(
                        Collections.unmodifiableMap(values),
                        new Mapping(mapping.place(), nodes),
                        "{" + String.join(",", json) + "}"));
    }

    private void refuse(Type type, OptionDescription option, Node node, String path) {
        mistakes.add(
                node.place(), path, "expected " + Expectation.of(type, option) + ", but found " + node.words() + ".");
    }

    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

package org.kemo.runtime.configuration;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;

/**
 * What a configuration means: the record, and the same as YAML that needs no other file.
 *
 * @param <T> the record, or a {@link Component}
 */
public final class ResolvedConfiguration<T> {
    private final T value;
    private final Mapping tree;

    ResolvedConfiguration(T value, Mapping tree) {
        this.value = value;
        this.tree = tree;
    }

    /** One that was put together in code and stands in no file: as YAML it is empty. */
    public static <T> ResolvedConfiguration<T> ofCode(T value) {
        return new ResolvedConfiguration<>(value, Mapping.empty(Place.in("code", Path.of(""))));
    }

    /** The record. */
    public T value() {
        return value;
    }

    /**
     * The configuration with every default filled in and every path absolute. It reads back to the same record. Where a value
     * came from an environment variable the reference {@code ${NAME}} stands, never the value.
     */
    public String yaml() {
        return new YamlText().write(tree);
    }

    /** The same under one more key, as {@code host}. */
    public String yaml(String key) {
        return new YamlText().write(Mapping.empty(tree.place()).with(key, Node.Entry.of(tree.place(), tree)));
    }

    /** The same as maps, lists, texts, numbers and truth values; a value that is not there is an empty {@link Optional}. */
    public Map<String, Object> tree() {
        return tree(
                tree,
                scalar -> scalar.reference().<Object>map(any -> scalar.shown()).orElseGet(() -> value(scalar)));
    }

    /** As {@link #tree()}, with the values of environment variables, and with paths as such: for keys, never to be shown or written. */
    public Map<String, Object> values() {
        return tree(tree, scalar -> scalar.is(Scalar.Kind.PATH) ? Path.of(scalar.text()) : value(scalar));
    }

    private static Map<String, Object> tree(Mapping mapping, Function<Scalar, Object> single) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> values.put(key, tree(entry.value(), single)));
        return values;
    }

    private static Object tree(Node node, Function<Scalar, Object> single) {
        if (node instanceof Mapping mapping) {
            return tree(mapping, single);
        }
        return node instanceof Listing list
                ? list.elements().stream().map(element -> tree(element, single)).toList()
                : single.apply((Scalar) node);
    }

    private static Object value(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT, PATH -> scalar.text();
            case INTEGER, DECIMAL -> new BigDecimal(scalar.text());
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case NULL -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return yaml();
    }
}

package org.kemo.runtime.configuration;

import org.kemo.runtime.configuration.Node.Mapping;

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

    @Override
    public String toString() {
        return yaml();
    }
}

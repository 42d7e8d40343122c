package org.kemo.runtime.plugin;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kemo.api.component.ComponentFactory;
import org.kemo.runtime.text.NearestName;

/** The components that the loaded plugins bring, by kind and name. Safe for use by several threads at once. */
public interface ComponentCatalog {
    /** The names of all components of a kind, sorted. */
    SortedSet<String> names(ComponentKind kind);

    /** The factory of that name. */
    Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String name);

    /**
     * A sentence for the remedy of an error, where there is no component of that name: which one may have been meant, or what keeps it
     * away.
     */
    default String suggestion(ComponentKind kind, String name) {
        return NearestName.among(names(kind)).suggestion(name);
    }

    /** A catalog without components, for what is read before there are any. */
    static ComponentCatalog empty() {
        return new ComponentCatalog() {
            @Override
            public SortedSet<String> names(ComponentKind kind) {
                return new TreeSet<>();
            }

            @Override
            public Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String name) {
                return Optional.empty();
            }
        };
    }
}

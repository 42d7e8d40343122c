package org.kemo.runtime.plugin;

import java.util.Optional;
import java.util.SortedSet;
import org.kemo.api.component.ComponentFactory;

/** The components that the loaded plugins bring, by kind and name. Safe for use by several threads at once. */
public interface ComponentCatalog {
    /** The names of all components of a kind, sorted. */
    SortedSet<String> names(ComponentKind kind);

    /** The factory of that name. */
    Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String name);
}

package org.kemo.runtime.plugin;

/**
 * What a configuration calls a component.
 *
 * @param kind which extension point
 * @param name what stands under {@code type}
 */
public record ComponentName(ComponentKind kind, String name) implements Comparable<ComponentName> {
    /** By kind, then by name. */
    @Override
    public int compareTo(ComponentName other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    /** As errors name it: {@code fusion [static]}. */
    @Override
    public String toString() {
        return kind.label() + " [" + name + "]";
    }
}

package org.kemo.runtime.configuration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;

/**
 * Lays one configuration over another: mappings merge deeply, lists and single values take the place of what was there. Where a
 * mapping gets another {@code type}, the options that were written for the old one go with it.
 */
final class Overlay {
    static final String TYPE = "type";

    private Overlay() {}

    static Node merge(Node base, Node over) {
        if (!(over instanceof Mapping upper)) {
            return over;
        }
        Node written = inFull(base);
        return written instanceof Mapping lower ? merge(lower, upper) : over;
    }

    /** A component's short form {@code mfcc} as {@code {type: mfcc}}; everything else as it is. */
    static Node inFull(Node node) {
        if (node instanceof Scalar scalar && scalar.is(Scalar.Kind.TEXT)) {
            return new Mapping(scalar.place(), Map.of(TYPE, Entry.of(scalar.place(), scalar)));
        }
        return node;
    }

    private static Mapping merge(Mapping lower, Mapping upper) {
        Map<String, Entry> merged = new LinkedHashMap<>(lower.entries());
        if (changesType(lower, upper)) {
            merged.replaceAll((key, entry) -> entry.leftBehind());
        }
        upper.entries().forEach((key, entry) -> {
            Entry below = merged.get(key);
            merged.put(
                    key,
                    below == null || below.ofAnotherType()
                            ? entry
                            : Entry.of(entry.place(), merge(below.value(), entry.value())));
        });
        return new Mapping(upper.place(), merged);
    }

    private static boolean changesType(Mapping lower, Mapping upper) {
        return lower.value(TYPE).isPresent()
                && upper.value(TYPE)
                        .filter(type ->
                                !type(type).equals(type(lower.value(TYPE).orElseThrow())))
                        .isPresent();
    }

    private static String type(Node node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }
}

package org.kemo.runtime.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;

/**
 * Values that take the place of others in a configuration, as a mapping from paths to YAML: {@code {fusion.type: static,
 * modalities.audio: off}}. {@link ConfigurationDocument#with(Overrides)} applies them. Immutable.
 */
public final class Overrides {
    private final Mapping values;

    Overrides(Mapping values) {
        this.values = values;
    }

    /** None. */
    public static Overrides none() {
        return new Overrides(Mapping.empty(Place.in("no overrides", java.nio.file.Path.of(""))));
    }

    /** The paths that get a value, as they are written. */
    public Set<String> paths() {
        return values.entries().keySet();
    }

    /**
     * Every combination of the values that stand in lists, the last path changing fastest: {@code {a: [1, 2], b: [x, y]}} gives
     * four, named {@code a=1 b=x} and so on, and a component by its type: {@code fusion=concat}, or {@code fusion=concat {dropout: 0.5}}. A
     * path whose value is no list has that one value.
     *
     * @throws KemoException category CONFIGURATION, where a list is empty: there would be no combination at all
     */
    public Map<String, Overrides> combinations() {
        requireChoices();
        Map<String, Overrides> combinations = new LinkedHashMap<>();
        combinations.put("", new Overrides(Mapping.empty(values.place())));
        for (Map.Entry<String, Entry> each : values.entries().entrySet()) {
            Map<String, Overrides> longer = new LinkedHashMap<>();
            combinations.forEach((name, overrides) -> {
                for (Node value : choices(each.getValue().value())) {
                    String step = each.getKey() + "=" + named(value);
                    longer.put(
                            name.isEmpty() ? step : name + " " + step,
                            new Overrides(overrides.values.with(each.getKey(), Entry.of(value.place(), value))));
                }
            });
            combinations.clear();
            combinations.putAll(longer);
        }
        return combinations;
    }

    Mapping values() {
        return values;
    }

    private void requireChoices() {
        Mistakes mistakes = new Mistakes();
        values.entries().forEach((path, entry) -> {
            if (choices(entry.value()).isEmpty()) {
                mistakes.add(
                        entry.value().place(),
                        path,
                        "expected at least one value, but found an empty list.",
                        "Give it one, or leave it out.");
            }
        });
        mistakes.throwIfAny();
    }

    private static List<Node> choices(Node value) {
        return value instanceof Listing list ? list.elements() : List.of(value);
    }

    private static String named(Node node) {
        if (!(node instanceof Mapping component)
                || component.value(Overlay.TYPE).isEmpty()) {
            return shown(node);
        }
        Mapping options = component.without(Overlay.TYPE);
        String type = shown(component.value(Overlay.TYPE).orElseThrow());
        return options.entries().isEmpty() ? type : type + " " + shown(options);
    }

    private static String shown(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.shown();
        }
        List<String> parts = new ArrayList<>();
        if (node instanceof Mapping mapping) {
            mapping.entries().forEach((key, entry) -> parts.add(key + ": " + shown(entry.value())));
            return "{" + String.join(", ", parts) + "}";
        }
        ((Listing) node).elements().forEach(element -> parts.add(shown(element)));
        return parts.toString();
    }

    @Override
    public String toString() {
        return shown(values);
    }
}

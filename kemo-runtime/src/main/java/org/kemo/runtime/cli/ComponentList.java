package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.plugin.ComponentKind;
import org.kemo.runtime.plugin.PluginHost;

/** Components by kind, one line each. */
final class ComponentList implements Outcome {
    private final Map<ComponentKind, List<ComponentDescription>> components;

    private ComponentList(Map<ComponentKind, List<ComponentDescription>> components) {
        this.components = components;
    }

    static ComponentList of(PluginHost plugins, List<ComponentKind> kinds) {
        Map<ComponentKind, List<ComponentDescription>> components = new java.util.EnumMap<>(ComponentKind.class);
        for (ComponentKind kind : kinds) {
            components.put(
                    kind,
                    plugins.names(kind).stream()
                            .map(name -> ComponentDescription.of(plugins, kind, name))
                            .toList());
        }
        return new ComponentList(components);
    }

    @Override
    public Object json() {
        List<Map<String, Object>> kinds = new ArrayList<>();
        components.forEach((kind, all) -> {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", kind.label());
            document.put(
                    "components",
                    all.stream().map(ComponentDescription::summary).toList());
            kinds.add(document);
        });
        return Map.of("kinds", kinds);
    }

    @Override
    public void print(PrintWriter out) {
        components.forEach((kind, all) -> {
            out.println(kind.label());
            if (all.isEmpty()) {
                out.println("  (none)");
            }
            all.forEach(component -> component.printLine(out));
        });
    }
}

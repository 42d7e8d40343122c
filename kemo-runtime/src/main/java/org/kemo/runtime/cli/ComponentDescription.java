package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.component.Describe;
import org.kemo.runtime.configuration.OptionDescription;
import org.kemo.runtime.plugin.ComponentKind;
import org.kemo.runtime.plugin.PluginHost;
import org.kemo.runtime.plugin.PluginInfo;

/** What {@code kemo describe} says of one component. */
record ComponentDescription(ComponentKind kind, ComponentFactory<?, ?> factory, Optional<PluginInfo> plugin)
        implements Outcome {

    static ComponentDescription of(PluginHost plugins, ComponentKind kind, String name) {
        ComponentFactory<?, ?> factory = plugins.find(kind, name)
                .orElseThrow(() -> KemoException.configuration(
                        "There is no component [" + name + "] of kind " + kind.label() + ".",
                        plugins.suggestion(kind, name)));
        return new ComponentDescription(kind, factory, plugins.origin(kind, name));
    }

    /** All but the options. */
    Map<String, Object> summary() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.label());
        json.put("name", factory.name());
        json.put("version", factory.version());
        json.put("description", describe().map(Describe::value));
        json.put("source", describe().map(Describe::source));
        json.put("plugin", plugin.map(PluginInfo::id));
        json.put("pluginVersion", plugin.map(PluginInfo::version));
        return json;
    }

    void printLine(PrintWriter out) {
        out.println("  " + factory.name()
                + describe().map(words -> ": " + words.value()).orElse(""));
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>(summary());
        json.put("options", new OptionTable(factory.options()).json());
        return json;
    }

    @Override
    public void print(PrintWriter out) {
        out.println(factory.name() + " (" + kind.label() + ", version " + factory.version()
                + plugin.map(found -> ", from plugin " + found.id() + " " + found.version())
                        .orElse("") + ")");
        describe().ifPresent(words -> {
            out.println(words.value());
            if (!words.source().isEmpty()) {
                out.println("Source: " + words.source());
            }
        });
        out.println();
        out.println(OptionDescription.of(factory.options()).isEmpty() ? "It has no options." : "Options:");
        new OptionTable(factory.options()).print(out, "  ");
    }

    private Optional<Describe> describe() {
        return Optional.ofNullable(factory.getClass().getAnnotation(Describe.class));
    }
}

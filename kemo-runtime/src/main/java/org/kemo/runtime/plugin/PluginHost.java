package org.kemo.runtime.plugin;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;
import org.kemo.runtime.checksum.FileSums;

/**
 * The plugins of one process. Opening it finds and checks all of them, and fails where one is broken: a plugin that should be
 * there and is not would change what a run computes. The classes of a plugin are loaded when one of its components is asked for
 * the first time; that its components have been seen once is remembered between runs.
 *
 * <p>Safe for use by several threads at once.
 */
public final class PluginHost implements ComponentCatalog, AutoCloseable {
    private final LoadedPlugins loaded;
    private final List<PluginInfo> plugins;
    private final Map<String, StagedPlugin> usable;
    private final SortedMap<ComponentName, String> components;
    private final Set<String> disabledByConfiguration;
    private final FileSums sums = FileSums.inMemory();

    private PluginHost(LoadedPlugins loaded, PluginSurvey survey, Set<String> disabledByConfiguration) {
        this.loaded = loaded;
        this.plugins = survey.plugins();
        this.usable = survey.usable();
        this.components = survey.components();
        this.disabledByConfiguration = disabledByConfiguration;
    }

    /**
     * Finds and checks all plugins.
     *
     * @throws KemoException category PLUGIN (or CONFIGURATION, for an id that is disabled and not there), with the first thing that
     *     is wrong; {@link PluginInventory#check()} lists all
     */
    public static PluginHost open(PluginSettings settings, HostServices services) {
        LoadedPlugins loaded = new LoadedPlugins(services, ApiVersion.current());
        try {
            PluginSurvey survey = PluginSurvey.of(settings, loaded, ApiVersion.current());
            failOn(survey.problems());
            return new PluginHost(loaded, survey, settings.disabled());
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private static void failOn(List<KemoException> problems) {
        if (problems.isEmpty()) {
            return;
        }
        KemoException first = problems.get(0);
        if (problems.size() == 1) {
            throw first;
        }
        String remedy = first.remedy() + " kemo plugins check lists [" + (problems.size() - 1) + "] more.";
        KemoException all = first.category() == KemoException.Category.CONFIGURATION
                ? KemoException.configuration(first.problem(), remedy)
                : KemoException.plugin(first.problem(), remedy);
        problems.subList(1, problems.size()).forEach(all::addSuppressed);
        throw Optional.ofNullable(first.getCause()).map(all::causedBy).orElse(all);
    }

    /** Every plugin, enabled or disabled, by id. */
    public List<PluginInfo> plugins() {
        return plugins;
    }

    /** The plugin that brings a component. */
    public Optional<PluginInfo> origin(ComponentKind kind, String name) {
        return Optional.ofNullable(components.get(new ComponentName(kind, name)))
                .flatMap(id -> plugins.stream()
                        .filter(plugin -> plugin.id().equals(id) && plugin.state() == PluginInfo.State.ENABLED)
                        .findFirst());
    }

    /**
     * The plugins that bring the components of a configuration, and those that they depend on: id to version and sum, sorted.
     *
     * @param configuration maps and lists, in which a component is a map with its name under {@code type}
     */
    public SortedMap<String, String> usedBy(Map<String, Object> configuration) {
        Set<String> names = new HashSet<>();
        collectTypes(configuration, names);
        Set<String> ids = new HashSet<>();
        components.forEach((component, id) -> {
            if (names.contains(component.name())) {
                addWithDependencies(id, ids);
            }
        });
        SortedMap<String, String> used = new TreeMap<>();
        plugins.stream()
                .filter(plugin -> plugin.state() == PluginInfo.State.ENABLED && ids.contains(plugin.id()))
                .forEach(plugin -> used.put(plugin.id(), plugin.version() + " " + sum(plugin)));
        return used;
    }

    private void addWithDependencies(String id, Set<String> ids) {
        if (ids.add(id)) {
            usable.get(id)
                    .descriptor()
                    .getDependencies()
                    .forEach(dependency -> addWithDependencies(dependency.getPluginId(), ids));
        }
    }

    private String sum(PluginInfo plugin) {
        return plugin.sha256().orElseGet(() -> {
            try {
                return sums.of(plugin.archive());
            } catch (IOException e) {
                throw KemoException.plugin(
                                "The plugin [" + plugin.id() + "] in [" + plugin.archive()
                                        + "] cannot be read any more.",
                                "Put it back, and start again.")
                        .causedBy(e);
            }
        });
    }

    private static void collectTypes(Object part, Set<String> names) {
        if (part instanceof Map<?, ?> map) {
            if (map.get("type") instanceof String name) {
                names.add(name);
            }
            map.values().forEach(each -> collectTypes(each, names));
        } else if (part instanceof List<?> list) {
            list.forEach(each -> collectTypes(each, names));
        }
    }

    /** The ids of the plugins whose classes are loaded, sorted. */
    public SortedSet<String> loaded() {
        return new TreeSet<>(loaded.ids());
    }

    @Override
    public SortedSet<String> names(ComponentKind kind) {
        return components.keySet().stream()
                .filter(component -> component.kind() == kind)
                .map(ComponentName::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * {@inheritDoc} Loads the plugin that brings it, where that was not done before.
     *
     * @throws KemoException category PLUGIN, where it cannot be loaded any more
     */
    @Override
    public Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String name) {
        ComponentName component = new ComponentName(kind, name);
        return Optional.ofNullable(components.get(component))
                .map(id -> loaded.load(id, usable).get(component));
    }

    @Override
    public String suggestion(ComponentKind kind, String name) {
        ComponentName component = new ComponentName(kind, name);
        return plugins.stream()
                .filter(plugin -> plugin.state() == PluginInfo.State.DISABLED && brings(plugin, component))
                .findFirst()
                .map(plugin -> "The plugin [" + plugin.id() + "] is disabled: "
                        + (disabledByConfiguration.contains(plugin.id())
                                ? "take it out of [host.plugins.disabled] in the configuration."
                                : "run kemo plugins enable " + plugin.id() + "."))
                .orElseGet(() -> ComponentCatalog.super.suggestion(kind, name));
    }

    /** Of a disabled plugin that was never unpacked only the id is known, which mostly is the name of its component. */
    private static boolean brings(PluginInfo plugin, ComponentName component) {
        return plugin.components().isEmpty()
                ? plugin.id().equals(component.name())
                : plugin.components().contains(component);
    }

    /**
     * Lets go of a plugin and of those that depend on it. Its classes leave memory once nobody holds a factory or a component of
     * it; when it is asked for again, it is loaded anew.
     */
    public void unload(String id) {
        loaded.unload(id);
    }

    /** Lets go of all plugins; see {@link #unload}. */
    @Override
    public void close() {
        loaded.close();
    }
}

package org.kemo.runtime.plugin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.kemo.api.KemoException;
import org.pf4j.PluginDependency;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/**
 * The plugins whose classes are loaded, each from the moment that one of its components is asked for. Safe for use by several
 * threads at once.
 */
final class LoadedPlugins implements AutoCloseable {
    private final HostServices services;
    private final LayeredPluginManager manager;
    private final Map<String, LoadedPlugin> loaded = new HashMap<>();

    LoadedPlugins(HostServices services, String apiVersion) {
        this.services = services;
        this.manager = new LayeredPluginManager(apiVersion);
    }

    /**
     * Loads a plugin, after those that it depends on, and constructs its factories; what is loaded already stays.
     *
     * @param known all plugins that may be loaded, by id
     * @throws KemoException category PLUGIN
     */
    synchronized LoadedPlugin load(String id, Map<String, StagedPlugin> known) {
        LoadedPlugin before = loaded.get(id);
        if (before != null) {
            return before;
        }
        try {
            loadClasses(id, known);
            LoadedPlugin plugin = new LoadedPlugin(
                    id,
                    new FactoryConstruction(id, manager.getPluginClassLoader(id), services)
                            .construct(
                                    ExtensionIndex.of(id, known.get(id).jars()).names()));
            loaded.put(id, plugin);
            return plugin;
        } catch (PluginRuntimeException | LinkageError e) {
            unload(id);
            throw KemoException.plugin(
                            "Plugin [" + id + "] cannot be loaded: [" + e + "].",
                            "Ask the plugin's author, or run kemo plugins disable " + id + ".")
                    .causedBy(e);
        } catch (KemoException e) {
            unload(id);
            throw e;
        }
    }

    private void loadClasses(String id, Map<String, StagedPlugin> known) {
        if (manager.getPlugin(id) != null) {
            return;
        }
        StagedPlugin plugin = known.get(id);
        for (PluginDependency dependency : plugin.descriptor().getDependencies()) {
            loadClasses(dependency.getPluginId(), known);
        }
        manager.loadPlugin(plugin.content());
        PluginWrapper wrapper = manager.getPlugin(id);
        if (wrapper.getFailedException() != null) {
            // PF4J switches such a plugin off and goes on.
            throw new PluginRuntimeException(wrapper.getFailedException());
        }
    }

    /** The ids of the plugins whose factories were constructed. */
    synchronized Set<String> ids() {
        return Set.copyOf(loaded.keySet());
    }

    /** Lets go of a plugin and of those that depend on it. */
    synchronized void unload(String id) {
        if (manager.getPlugin(id) != null) {
            manager.unloadPlugin(id);
        }
        loaded.keySet().removeIf(other -> manager.getPlugin(other) == null);
    }

    @Override
    public synchronized void close() {
        manager.unloadPlugins();
        loaded.clear();
    }
}

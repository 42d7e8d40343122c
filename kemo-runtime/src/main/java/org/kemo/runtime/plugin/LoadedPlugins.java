package org.kemo.runtime.plugin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;
import org.pf4j.PluginDependency;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/**
 * The plugins whose classes are loaded, each from the moment that one of its components is asked for. Safe for use by several
 * threads at once.
 */
final class LoadedPlugins implements AutoCloseable {
    private final HostServices services;
    private final String apiVersion;
    private final Map<String, SortedMap<ComponentName, ComponentFactory<?, ?>>> loaded = new HashMap<>();

    /** Made for the first plugin: a command that needs none does not pay for it. */
    private Optional<LayeredPluginManager> manager = Optional.empty();

    LoadedPlugins(HostServices services, String apiVersion) {
        this.services = services;
        this.apiVersion = apiVersion;
    }

    /**
     * Loads a plugin, after those that it depends on, and constructs its factories; what is loaded already stays.
     *
     * @param known all plugins that may be loaded, by id
     * @return the factories
     * @throws KemoException category PLUGIN
     */
    synchronized SortedMap<ComponentName, ComponentFactory<?, ?>> load(String id, Map<String, StagedPlugin> known) {
        SortedMap<ComponentName, ComponentFactory<?, ?>> before = loaded.get(id);
        if (before != null) {
            return before;
        }
        try {
            ClassLoader loader = loadClasses(id, known).getPluginClassLoader();
            SortedMap<ComponentName, ComponentFactory<?, ?>> factories = new FactoryConstruction(
                            known.get(id), loader, services)
                    .construct(ExtensionIndex.of(id, known.get(id).jars()).names());
            loaded.put(id, factories);
            return factories;
        } catch (KemoException e) {
            unload(id);
            throw e;
        } catch (RuntimeException | LinkageError e) {
            unload(id);
            throw KemoException.plugin(
                            "Plugin [" + id + "] cannot be loaded: [" + e + "].",
                            "Remove [" + known.get(id).place()
                                    + "], which is unpacked again, or ask the plugin's author, or run kemo plugins disable "
                                    + id + ".")
                    .causedBy(e);
        }
    }

    private PluginWrapper loadClasses(String id, Map<String, StagedPlugin> known) {
        LayeredPluginManager pf4j = manager.orElseGet(() -> new LayeredPluginManager(apiVersion));
        manager = Optional.of(pf4j);
        if (pf4j.getPlugin(id) == null) {
            StagedPlugin plugin = known.get(id);
            for (PluginDependency dependency : plugin.descriptor().getDependencies()) {
                loadClasses(dependency.getPluginId(), known);
            }
            pf4j.loadPlugin(plugin.content());
        }
        PluginWrapper wrapper = pf4j.getPlugin(id);
        if (wrapper.getFailedException() != null) {
            // PF4J switches such a plugin off and goes on.
            throw new PluginRuntimeException(wrapper.getFailedException());
        }
        return wrapper;
    }

    /** The ids of the plugins whose factories were constructed. */
    synchronized Set<String> ids() {
        return Set.copyOf(loaded.keySet());
    }

    /** Lets go of a plugin and of those that depend on it. */
    synchronized void unload(String id) {
        manager.filter(pf4j -> pf4j.getPlugin(id) != null).ifPresent(pf4j -> {
            pf4j.unloadPlugin(id);
            loaded.keySet().removeIf(other -> pf4j.getPlugin(other) == null);
        });
    }

    @Override
    public synchronized void close() {
        manager.ifPresent(LayeredPluginManager::unloadPlugins);
        loaded.clear();
    }
}

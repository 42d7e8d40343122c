package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;

/**
 * Makes the class loader of an unpacked plugin: in a {@link PluginLayer} where its jars with components have a module-info, with
 * a {@link ClassPathPluginLoader} where they have none. Where kemo-api itself is on the class path, as in unit tests, no module
 * can require it, and every plugin gets the second.
 */
final class LayerPluginLoader implements PluginLoader {
    private final PluginManager manager;

    LayerPluginLoader(PluginManager manager) {
        this.manager = manager;
    }

    @Override
    public boolean isApplicable(Path pluginPath) {
        return true;
    }

    @Override
    public ClassLoader loadPlugin(Path pluginPath, PluginDescriptor descriptor) {
        String id = descriptor.getPluginId();
        List<Path> jars = StagedPlugin.jars(pluginPath, id);
        Optional<ModuleLayer> host = PluginLayer.host();
        boolean modules =
                PluginLayer.areModules(ExtensionIndex.of(id, jars).classes().keySet());
        if (host.isEmpty() || !modules) {
            return new ClassPathPluginLoader(manager, descriptor, jars);
        }
        return new LayerClassLoader(PluginLayer.define(id, jars, host.get(), dependencies(descriptor)));
    }

    private List<ModuleLayer> dependencies(PluginDescriptor descriptor) {
        List<ModuleLayer> layers = new ArrayList<>();
        for (PluginDependency dependency : descriptor.getDependencies()) {
            ClassLoader loader = manager.getPluginClassLoader(dependency.getPluginId());
            if (!(loader instanceof LayerClassLoader layer)) {
                throw KemoException.plugin(
                        "Plugin [" + descriptor.getPluginId() + "] is a module and depends on plugin ["
                                + dependency.getPluginId() + "], which is none.",
                        "Give that one a module-info too, or pack this one without.");
            }
            layers.add(layer.plugin().layer());
        }
        return layers;
    }
}

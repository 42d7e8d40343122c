package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * PF4J's own class loader, for a plugin without a module-info: first what the {@linkplain HostClassLoader host gives}, then the
 * plugin's jars, then the plugins that it depends on.
 */
final class ClassPathPluginLoader extends PluginClassLoader {
    private final PluginManager manager;
    private final PluginDescriptor descriptor;

    ClassPathPluginLoader(PluginManager manager, PluginDescriptor descriptor, List<Path> jars) {
        super(manager, descriptor, new HostClassLoader(), ClassLoadingStrategy.APD);
        this.manager = manager;
        this.descriptor = descriptor;
        jars.forEach(jar -> addFile(jar.toFile()));
    }

    /** PF4J takes every dependency for one of its own loaders; here it may be a layer. */
    @Override
    protected URL findResourceFromDependencies(String name) {
        return findResourcesFromDependencies(name).stream().findFirst().orElse(null);
    }

    @Override
    protected Collection<URL> findResourcesFromDependencies(String name) {
        List<URL> found = new ArrayList<>();
        for (PluginDependency dependency : descriptor.getDependencies()) {
            ClassLoader loader = manager.getPluginClassLoader(dependency.getPluginId());
            try {
                found.addAll(Collections.list(
                        loader instanceof PluginClassLoader own ? own.findResources(name) : loader.getResources(name)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}

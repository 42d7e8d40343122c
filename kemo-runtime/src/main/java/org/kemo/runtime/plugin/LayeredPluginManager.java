package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.CompoundPluginRepository;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.RuntimeMode;

/**
 * PF4J's manager for plugins that were found, checked and unpacked already: it looks into no folder and no system property, and
 * loads what it is told to. Not safe for use by several threads at once.
 */
final class LayeredPluginManager extends DefaultPluginManager {
    LayeredPluginManager(String apiVersion) {
        setSystemVersion(apiVersion);
    }

    @Override
    public RuntimeMode getRuntimeMode() {
        return RuntimeMode.DEPLOYMENT;
    }

    @Override
    protected List<Path> createPluginsRoot() {
        return List.of();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new CompoundPluginRepository();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new LayerPluginLoader(this);
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new AllEnabled();
    }

    /** Which plugins are disabled is decided before they come here. */
    private static final class AllEnabled implements PluginStatusProvider {
        @Override
        public boolean isPluginDisabled(String pluginId) {
            return false;
        }

        @Override
        public void disablePlugin(String pluginId) {
            throw new UnsupportedOperationException("disablePlugin");
        }

        @Override
        public void enablePlugin(String pluginId) {
            throw new UnsupportedOperationException("enablePlugin");
        }
    }
}

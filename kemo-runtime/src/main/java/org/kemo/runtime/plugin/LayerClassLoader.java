package org.kemo.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * What PF4J gets for a plugin that lives in a layer: classes come from the layer's loader, resources from the layer's own
 * modules and from nowhere else, or the host's would be taken for the plugin's. It defines no class itself.
 */
final class LayerClassLoader extends ClassLoader {
    private final PluginLayer plugin;

    LayerClassLoader(PluginLayer plugin) {
        super(plugin.loader());
        this.plugin = plugin;
    }

    PluginLayer plugin() {
        return plugin;
    }

    @Override
    public URL getResource(String name) {
        return found(name).stream().findFirst().orElse(null);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.enumeration(found(name));
    }

    private List<URL> found(String name) {
        List<URL> found = new ArrayList<>();
        for (ResolvedModule module : plugin.layer().configuration().modules()) {
            find(module, name).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<URL> find(ResolvedModule module, String name) {
        try (ModuleReader reader = module.reference().open()) {
            return reader.find(name).map(uri -> {
                try {
                    return uri.toURL();
                } catch (MalformedURLException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

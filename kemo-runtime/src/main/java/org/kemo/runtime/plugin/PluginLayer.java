package org.kemo.runtime.plugin;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;

/**
 * The modules of one plugin in a layer of their own, with one class loader. They read the JDK, kemo-api with what it requires
 * transitively, and the plugins that this one depends on; what else the host holds is out of their reach, and so two plugins, or
 * a plugin and the host, may hold two versions of one library.
 *
 * @param layer the layer
 * @param controller opens packages of its modules
 */
record PluginLayer(ModuleLayer layer, ModuleLayer.Controller controller) {
    /** The layer of kemo-api, where it is a module: without that there is nothing that a plugin's module could require. */
    static Optional<ModuleLayer> host() {
        return Optional.ofNullable(ComponentFactory.class.getModule().getLayer());
    }

    /** Whether all these jars say themselves which modules they are. */
    static boolean areModules(Set<Path> jars) {
        return jars.stream().allMatch(jar -> {
            try {
                return ModuleFinder.of(jar).findAll().stream()
                        .noneMatch(module -> module.descriptor().isAutomatic());
            } catch (FindException e) {
                // Not even its file name makes a module name.
                return false;
            }
        });
    }

    /**
     * Resolves jars into a layer.
     *
     * @param id the plugin
     * @param jars the plugin's own
     * @param host the layer of kemo-api
     * @param dependencies the layers of the plugins that it depends on
     * @throws KemoException category PLUGIN, where a module is missing, required but not to be seen, or in conflict
     */
    static PluginLayer define(String id, List<Path> jars, ModuleLayer host, List<ModuleLayer> dependencies) {
        Set<String> given = givenByHost(host);
        try {
            // A library often brings SLF4J along: the host's serves all, or the plugin would read two of one name.
            List<Path> own = jars.stream()
                    .filter(jar -> names(ModuleFinder.of(jar)).stream().noneMatch(given::contains))
                    .toList();
            ModuleFinder finder = ModuleFinder.of(own.toArray(Path[]::new));
            checkRequired(id, finder, given, dependencies);
            List<ModuleLayer> parents = new ArrayList<>(dependencies);
            parents.add(host);
            Configuration configuration = Configuration.resolve(
                    finder,
                    parents.stream().map(ModuleLayer::configuration).toList(),
                    ModuleFinder.of(),
                    names(finder));
            ModuleLayer.Controller controller =
                    ModuleLayer.defineModulesWithOneLoader(configuration, parents, new HostClassLoader());
            allowNativeCode(controller);
            return new PluginLayer(controller.layer(), controller);
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            throw KemoException.plugin(
                            "The modules of plugin [" + id + "] do not fit together: [" + e.getMessage() + "].",
                            "Leave the library in question out of the plugin, or pack the plugin without its module-info: it"
                                    + " then gets a class path of its own.")
                    .causedBy(e);
        }
    }

    /**
     * Hands on the right to run native code, where the host itself was given it. Java has that right since version 22, and warns of
     * native code in a module without it.
     */
    private static void allowNativeCode(ModuleLayer.Controller controller) {
        try {
            Method has = Module.class.getMethod("isNativeAccessEnabled");
            Method give = ModuleLayer.Controller.class.getMethod("enableNativeAccess", Module.class);
            if (has.invoke(PluginLayer.class.getModule()).equals(true)) {
                for (Module module : controller.layer().modules()) {
                    give.invoke(controller, module);
                }
            }
        } catch (NoSuchMethodException e) {
            // An older Java lets every module run native code.
            return;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The right to run native code cannot be handed on.", e);
        }
    }

    /** The one loader of all modules. */
    ClassLoader loader() {
        return layer.modules().iterator().next().getClassLoader();
    }

    private static void checkRequired(
            String id, ModuleFinder finder, Set<String> given, List<ModuleLayer> dependencies) {
        Set<String> visible = new HashSet<>(given);
        visible.addAll(names(finder));
        dependencies.forEach(layer -> layer.modules().forEach(module -> visible.add(module.getName())));
        for (ModuleReference module : finder.findAll()) {
            for (Requires required : module.descriptor().requires()) {
                if (!required.modifiers().contains(Requires.Modifier.STATIC)) {
                    checkRequired(id, module.descriptor().name(), required.name(), visible);
                }
            }
        }
    }

    private static void checkRequired(String id, String module, String required, Set<String> visible) {
        if (visible.contains(required) || isInBootLayerOfJdk(required)) {
            return;
        }
        String requires = "Module [" + module + "] of plugin [" + id + "] requires [" + required + "]";
        if (isOfJdk(required)) {
            throw KemoException.plugin(
                    requires + ", a module of the JDK that was not started.",
                    "Start Java with --add-modules " + required + ".");
        }
        if (ModuleLayer.boot().findModule(required).isPresent()) {
            throw KemoException.plugin(
                    requires + ", which belongs to the host alone.",
                    "A plugin sees kemo-api and the plugins that it depends on: pack the library into the plugin.");
        }
        throw KemoException.plugin(
                requires + ", which is not there.",
                "Pack it into the plugin, or name the plugin that holds it in [plugin.dependencies].");
    }

    /** kemo-api and what it hands on. */
    private static Set<String> givenByHost(ModuleLayer host) {
        Set<String> given = new HashSet<>();
        collect(ComponentFactory.class.getModule().getName(), host, given);
        given.removeIf(PluginLayer::isOfJdk);
        return given;
    }

    private static void collect(String module, ModuleLayer host, Set<String> given) {
        if (given.add(module)) {
            host.findModule(module).map(Module::getDescriptor).map(ModuleDescriptor::requires).orElse(Set.of()).stream()
                    .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
                    .forEach(required -> collect(required.name(), host, given));
        }
    }

    private static boolean isOfJdk(String module) {
        return ModuleFinder.ofSystem().find(module).isPresent();
    }

    private static boolean isInBootLayerOfJdk(String module) {
        return isOfJdk(module) && ModuleLayer.boot().findModule(module).isPresent();
    }

    private static Set<String> names(ModuleFinder finder) {
        return finder.findAll().stream()
                .map(module -> module.descriptor().name())
                .collect(Collectors.toSet());
    }
}

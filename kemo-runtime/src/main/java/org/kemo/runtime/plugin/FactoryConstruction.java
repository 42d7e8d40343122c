package org.kemo.runtime.plugin;

import com.google.inject.Binder;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.service.FeatureCache;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.ModelStore;
import org.kemo.api.service.SessionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * Constructs the factories of one plugin in an injector of its own. A child of a common injector would keep the plugin's classes
 * for ever; and what is bound here is all that a plugin can ask for.
 */
final class FactoryConstruction {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Below Kemo's own, so that what is set for those holds for plugins too. */
    private static final String LOGGERS = "org.kemo.plugin.";

    private final StagedPlugin plugin;
    private final String id;
    private final ClassLoader loader;
    private final HostServices services;

    FactoryConstruction(StagedPlugin plugin, ClassLoader loader, HostServices services) {
        this.plugin = plugin;
        this.id = plugin.id();
        this.loader = loader;
        this.services = services;
    }

    /**
     * Constructs a factory of every class.
     *
     * @throws KemoException category PLUGIN, where a class cannot be loaded, is no factory or cannot be constructed, and where two
     *     have one name
     */
    SortedMap<ComponentName, ComponentFactory<?, ?>> construct(Collection<String> classNames) {
        List<Class<? extends ComponentFactory<?, ?>>> classes = new ArrayList<>();
        classNames.forEach(name -> classes.add(load(name)));
        classes.forEach(type -> open(type, Injector.class.getModule()));
        Injector injector = injector(classes);
        SortedMap<ComponentName, ComponentFactory<?, ?>> factories = new TreeMap<>();
        for (Class<? extends ComponentFactory<?, ?>> type : classes) {
            ComponentFactory<?, ?> factory = instance(injector, type);
            ComponentName name = new ComponentName(kind(type), name(factory));
            if (factories.put(name, factory) != null) {
                throw KemoException.plugin(
                        "Plugin [" + id + "] brings two components " + name + ".",
                        "Give each factory a name of its own.");
            }
            openOptions(factory);
        }
        return factories;
    }

    @SuppressWarnings("unchecked") // The class is of an extension point, and all of them extend ComponentFactory.
    private Class<? extends ComponentFactory<?, ?>> load(String className) {
        Class<?> type;
        try {
            type = loader.loadClass(className);
        } catch (ClassNotFoundException | LinkageError e) {
            throw KemoException.plugin(
                            "Plugin [" + id + "] lists the class [" + className + "], which cannot be loaded: [" + e
                                    + "].",
                            "Pack it again from a clean build, with the libraries that it needs; or, where it worked before, remove ["
                                    + plugin.place() + "], which is unpacked again.")
                    .causedBy(e);
        }
        kind(type);
        return (Class<? extends ComponentFactory<?, ?>>) type;
    }

    private ComponentKind kind(Class<?> type) {
        List<ComponentKind> kinds = List.of(ComponentKind.values()).stream()
                .filter(kind -> kind.factory().isAssignableFrom(type))
                .toList();
        if (kinds.size() != 1) {
            throw KemoException.plugin(
                    "Class [" + type.getName() + "] of plugin [" + id + "] bears @Extension and implements ["
                            + kinds.size() + "] extension points.",
                    "Implement exactly one of the factory interfaces of kemo-api, and do not pack kemo-api itself.");
        }
        return kinds.get(0);
    }

    private Injector injector(List<Class<? extends ComponentFactory<?, ?>>> classes) {
        try {
            // Stage DEVELOPMENT constructs nothing ahead, so that an error names the factory that it came from.
            return Guice.createInjector(Stage.DEVELOPMENT, binder -> bind(binder, classes));
        } catch (CreationException e) {
            throw cannotBeConstructed("[" + firstLine(e.getErrorMessages()) + "]", e);
        }
    }

    private void bind(Binder binder, List<Class<? extends ComponentFactory<?, ?>>> classes) {
        binder.requireExplicitBindings();
        binder.disableCircularProxies();
        binder.bind(SessionPool.class).toInstance(services.sessions());
        binder.bind(ModelStore.class).toInstance(services.models());
        binder.bind(ModelFiles.class).toInstance(services.files());
        binder.bind(FeatureCache.class).toInstance(services.features());
        binder.bind(Logger.class).toInstance(LoggerFactory.getLogger(LOGGERS + id));
        classes.forEach(binder::bind);
    }

    private ComponentFactory<?, ?> instance(Injector injector, Class<? extends ComponentFactory<?, ?>> type) {
        try {
            return injector.getInstance(type);
        } catch (ProvisionException e) {
            Throwable cause = thrown(e);
            throw KemoException.plugin(
                            "Factory [" + type.getName() + "] of plugin [" + id + "] failed when it was constructed: ["
                                    + cause + "].",
                            "Ask the plugin's author, or run kemo plugins disable " + id + ".")
                    .causedBy(cause);
        } catch (ConfigurationException e) {
            throw cannotBeConstructed("[" + firstLine(e.getErrorMessages()) + "]", e);
        } catch (LinkageError e) {
            throw cannotBeConstructed("[" + e + "]", e);
        }
    }

    /** What the plugin's code threw, without what Guice and class initialisation put around it. */
    private static Throwable thrown(ProvisionException e) {
        Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
        return cause instanceof ExceptionInInitializerError && cause.getCause() != null ? cause.getCause() : cause;
    }

    private KemoException cannotBeConstructed(String why, Throwable cause) {
        return KemoException.plugin(
                        "A factory of plugin [" + id + "] cannot be constructed: " + why + ".",
                        "A factory's constructor is package-private or public; it may ask, with @Inject, for SessionPool,"
                                + " ModelStore, ModelFiles, FeatureCache and Logger.")
                .causedBy(cause);
    }

    private static String firstLine(Collection<Message> messages) {
        return messages.iterator().next().getMessage().lines().findFirst().orElse("");
    }

    private String name(ComponentFactory<?, ?> factory) {
        String name = Optional.ofNullable(factory.name()).orElse("");
        if (!NAME.matcher(name).matches()) {
            throw KemoException.plugin(
                    "Factory [" + factory.getClass().getName() + "] of plugin [" + id + "] names its component [" + name
                            + "].",
                    "A name is lower-case letters, digits and hyphens.");
        }
        return name;
    }

    /** The record of options is made by the configuration reader, which reaches it through Jackson or by reflection of its own. */
    private void openOptions(ComponentFactory<?, ?> factory) {
        Class<?> options = factory.options();
        open(options, FactoryConstruction.class.getModule());
        open(options, ObjectMapper.class.getModule());
    }

    private void open(Class<?> type, Module reader) {
        boolean own = loader instanceof LayerClassLoader layer
                && layer.plugin().layer().modules().contains(type.getModule());
        if (own) {
            ((LayerClassLoader) loader).plugin().controller().addOpens(type.getModule(), type.getPackageName(), reader);
        }
    }
}

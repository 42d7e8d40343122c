package org.kemo.runtime.plugin;

import java.lang.module.ModuleFinder;
import java.util.List;
import org.kemo.api.component.ComponentFactory;

/**
 * What a plugin sees of the host beside the modules that it reads: the JDK, kemo-api and what kemo-api is written with. Everything
 * else it brings itself, so a library of the host never takes the place of the plugin's. It defines no class itself.
 */
final class HostClassLoader extends ClassLoader {
    private static final List<String> GIVEN = List.of("org.kemo.api.", "org.pf4j.", "org.slf4j.", "jakarta.inject.");

    private final ModuleFinder jdk = ModuleFinder.ofSystem();

    HostClassLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (GIVEN.stream().anyMatch(name::startsWith)) {
            return ComponentFactory.class.getClassLoader().loadClass(name);
        }
        // The platform's loader also finds the classes of the application's modules.
        Class<?> type = getParent().loadClass(name);
        if (type.getClassLoader() != null && !isOfJdk(type.getModule())) {
            throw new ClassNotFoundException(name);
        }
        return type;
    }

    private boolean isOfJdk(Module module) {
        return module.isNamed() && jdk.find(module.getName()).isPresent();
    }
}

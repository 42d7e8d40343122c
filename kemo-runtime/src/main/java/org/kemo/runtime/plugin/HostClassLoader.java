package org.kemo.runtime.plugin;

import java.util.List;
import org.kemo.api.component.ComponentFactory;

/**
 * What a plugin without a module-info sees of the host: the JDK, kemo-api and what kemo-api is written with. Everything else it
 * brings itself, so a library of the host never takes the place of the plugin's.
 */
final class HostClassLoader extends ClassLoader {
    private static final List<String> GIVEN = List.of("org.kemo.api.", "org.pf4j.", "org.slf4j.", "jakarta.inject.");

    HostClassLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (GIVEN.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return ComponentFactory.class.getClassLoader().loadClass(name);
    }
}

package org.kemo.runtime.session;

import java.io.IOException;
import java.io.InputStream;

/** Loads one class itself, as the loader of a plugin does, and all others from where it was loaded from. */
final class PluginLikeLoader extends ClassLoader {
    private final String own;

    PluginLikeLoader(Class<?> own) {
        super(own.getClassLoader());
        this.own = own.getName();
    }

    /** An object of that class. */
    Object make() throws ReflectiveOperationException {
        return loadClass(own).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(own)) {
            return super.loadClass(name, resolve);
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}

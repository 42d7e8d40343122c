package org.kemo.transformertext;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.nio.file.Path;
import org.kemo.api.KemoException;

/**
 * The native library behind DJL's tokenizers. DJL takes what it needs to know from system properties, and once: where to unpack the
 * library, that it should be the one for the CPU, and that it may neither fetch another nor report home.
 */
final class NativeTokenizers {
    private NativeTokenizers() {}

    /** Loads the library, which unpacks it at the first use on a machine. */
    static synchronized void load(Path folder) {
        setUnlessSet("DJL_CACHE_DIR", folder.toString());
        setUnlessSet("RUST_FLAVOR", "cpu");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // DJL looks for its library with this loader, and the host's does not find it.
            thread.setContextClassLoader(LibUtils.class.getClassLoader());
            LibUtils.checkStatus();
        } catch (RuntimeException | LinkageError e) {
            throw KemoException.plugin(
                            "The tokenizers library cannot be loaded: [" + e + "].",
                            "It needs Linux x86_64 or aarch64, macOS or Windows, and 16 MB free in [" + folder + "].")
                    .causedBy(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

package org.kemo.runtime.session;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.TestNetworks.Slow;

/**
 * A process whose first use of ONNX Runtime is by a class with a loader of its own, as a plugin's is. Ends with exit code 0 once that
 * loader was collected, and with 1 where it is not.
 */
final class OpensThePoolInAPlugin {
    private OpensThePoolInAPlugin() {}

    /** Needs the path of a model of {@link Slow}, and a device. */
    public static void main(String[] arguments) throws ReflectiveOperationException, InterruptedException {
        WeakReference<ClassLoader> loader = open(Path.of(arguments[0]), arguments[1]);
        long begun = System.nanoTime();
        while (!loader.refersTo(null)) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(20)) {
                System.exit(1);
            }
            System.gc();
            Thread.sleep(20);
        }
        System.exit(0);
    }

    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> open(Path model, String device) throws ReflectiveOperationException {
        PluginLikeLoader loader = new PluginLikeLoader(Opener.class);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ((BiConsumer<Path, String>) loader.make()).accept(model, device);
        } finally {
            thread.setContextClassLoader(before);
        }
        return new WeakReference<>(loader);
    }

    /** Opens a pool and a session. */
    public static final class Opener implements BiConsumer<Path, String> {
        /** For reflection. */
        public Opener() {}

        @Override
        public void accept(Path model, String device) {
            @SuppressWarnings("resource") // The process has them until its end.
            OnnxSessionPool pool = new OnnxSessionPool(
                    new SessionsConfiguration(List.of(device), 1, false, 1, 1, 60, 1024), FileSums.inMemory());
            pool.lease(SessionRequest.of(model));
        }
    }
}

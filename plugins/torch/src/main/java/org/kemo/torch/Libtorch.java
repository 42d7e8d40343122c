package org.kemo.torch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.KemoException;

/**
 * The native library: loading it, and how many threads it works on.
 *
 * <p>OpenBLAS, which multiplies matrices of float32, has threads of its own that wait busily, as torch's do. A network of small matrices
 * loses more by that than it gains, so OpenBLAS works on one thread; large products alone are worth several
 * ({@link #withThreadedProducts}). That number is the process's and part of what decides the last bits of a result, so while it is
 * another one, nobody else calls the library.
 */
final class Libtorch {
    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** Held by many for work on one thread of OpenBLAS, by one alone for work on several; in turn, so that none waits for ever. */
    private static final ReadWriteLock PRODUCTS = new ReentrantReadWriteLock(true);

    /** How long the end of the process waits for the call in progress. */
    private static final int END_SECONDS = 20;

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    static {
        // The thread keeps this plugin's classes, as the one in which JavaCPP frees memory does.
        Runtime.getRuntime().addShutdownHook(new Thread(Libtorch::end, "kemo-torch-end"));
    }

    private final int threads;
    private final int productThreads;

    /**
     * Loads the library, which unpacks it at the first use on a machine.
     *
     * @param threads that work on one operation; their number is part of what decides the last bits of a result
     * @throws KemoException category DEVICE, where this machine cannot load it
     */
    Libtorch(int threads) {
        this(threads, 1);
        // By default JavaCPP refuses to work once the process is four times as large as its Java heap may become, no
        // measure
        // for a library whose tensors live outside of it. It reads this when its first class is loaded.
        if (System.getProperty(MEMORY_LIMIT) == null) {
            System.setProperty(MEMORY_LIMIT, "0");
        }
        try {
            run(() -> openblas_nolapack.blas_set_num_threads(1));
        } catch (LinkageError e) {
            throw KemoException.device(
                            "The libtorch library cannot be loaded on [" + System.getProperty("os.name") + " "
                                    + System.getProperty("os.arch") + "]: " + rootMessage(e),
                            "Train on Linux x86_64, with 1 GB free in Kemo's cache, which XDG_CACHE_HOME places, or in the folder"
                                    + " of the system property [org.bytedeco.javacpp.cachedir], and leave to execute files there.")
                    .causedBy(e);
        }
    }

    /** What the machine's loader says, which names the file that is missing; what is on top names what Java looked for. */
    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    private Libtorch(int threads, int productThreads) {
        this.threads = threads;
        this.productThreads = productThreads;
    }

    /** The same library for networks whose matrix products are large: OpenBLAS, too, works on all threads, and alone in the process. */
    Libtorch withThreadedProducts() {
        return new Libtorch(threads, threads);
    }

    /** Whether a device works: asked by putting a number on it, since a driver without its libraries is counted as well. */
    boolean has(String device) {
        try {
            return call(() -> torch.zeros(1)
                            .to(new Device(device), torch.ScalarType.Float)
                            .item_float()
                    == 0);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Does work whose native memory is freed at its end, but for what has taken a reference; gradients are recorded.
     *
     * @return what the work gives, which must live on the heap or have taken a reference
     * @throws KemoException category DEVICE, where the library's memory runs out
     */
    <T> T call(Supplier<T> work) {
        boolean threaded = productThreads > 1;
        Lock lock = threaded ? PRODUCTS.writeLock() : PRODUCTS.readLock();
        lock.lock();
        try {
            if (!ENDING.get()) {
                if (threaded) {
                    openblas_nolapack.blas_set_num_threads(productThreads);
                }
                return scoped(work);
            }
        } finally {
            if (threaded) {
                openblas_nolapack.blas_set_num_threads(1);
            }
            lock.unlock();
        }
        throw afterTheEnd();
    }

    /**
     * When a process ends, the library takes itself apart, and Java reports a crash where a call still runs. So that one is waited for, and
     * none begins any more.
     */
    private static void end() {
        ENDING.set(true);
        try {
            if (PRODUCTS.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS)) {
                PRODUCTS.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Said only where the process has not ended in time, since whoever hears of it would complain. */
    private static IllegalStateException afterTheEnd() {
        try {
            Thread.sleep(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("The process ends");
    }

    private <T> T scoped(Supplier<T> work) {
        // Torch keeps the number of threads for each thread that calls it.
        if (torch.get_num_threads() != threads) {
            torch.set_num_threads(threads);
        }
        PointerScope scope = new PointerScope();
        try {
            return work.get();
        } catch (KemoException e) {
            throw e;
        } catch (RuntimeException e) {
            throw isOutOfMemory(e) ? outOfMemory(e) : e;
        } finally {
            scope.close();
        }
    }

    /** The library has no type of error for it, but one sentence for the processor and one for a GPU. */
    private static boolean isOutOfMemory(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("can't allocate memory") || message.contains("out of memory");
    }

    private static KemoException outOfMemory(RuntimeException e) {
        // Below the first line stand the library's own frames.
        String line = e.getMessage().lines().findFirst().orElseThrow();
        return KemoException.device(
                        "The libtorch library has no memory left: " + line + (line.endsWith(".") ? "" : "."),
                        "Lower batchSize or threads, or train on a device with more memory.")
                .causedBy(e);
    }

    /** The same without recording of gradients. */
    <T> T callWithoutGradients(Supplier<T> work) {
        return call(() -> {
            NoGradGuard guard = new NoGradGuard();
            try {
                return work.get();
            } finally {
                guard.close();
            }
        });
    }

    /** The same for work that gives nothing. */
    void run(Runnable work) {
        callWithoutGradients(() -> {
            work.run();
            return true;
        });
    }
}

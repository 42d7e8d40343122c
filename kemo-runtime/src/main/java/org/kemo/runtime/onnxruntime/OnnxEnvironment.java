package org.kemo.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.kemo.api.KemoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's environment, of which a process has one. It has threads that all sessions share, and their number is decided
 * by whoever asks first: so this is the only place that makes it, and the session pool asks before anything else runs.
 *
 * <p>Official builds report to their maker what they run and on what machine. That is switched off here; of the environment itself they
 * report before that, which only the environment variable {@code ORT_DISABLE_TELEMETRY=1} prevents. The launcher sets it. Without it ONNX
 * Runtime 1.29.0 also reads the command line, and ends the process where that has some 4,000 characters or more: its stack overflows, as
 * measured with 1 MiB of it. A long class path comes to that.
 */
public final class OnnxEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);
    private static final OrtLoggingLevel LEVEL = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
    private static final String NAME = "kemo";

    /** The property by which ONNX Runtime is told where its native libraries are. */
    private static final String LIBRARIES = "onnxruntime.native.path";

    /** The property by which Java is told where files go that are needed for a while. */
    private static final String TEMPORARY = "java.io.tmpdir";

    /** Characters of a command line that ONNX Runtime reads without harm, with some to spare. */
    private static final int LONG_COMMAND = 3000;

    /** What the environment was made with; empty until it is. */
    private static final AtomicReference<Optional<Threads>> MADE = new AtomicReference<>(Optional.empty());

    /** Whether it was said that other threads were asked for later. */
    private static final AtomicBoolean SAID = new AtomicBoolean();

    static {
        warnOfALongCommand();
    }

    private OnnxEnvironment() {}

    /** Threads within one operation, and whether idle ones wait busily. */
    private record Threads(int count, boolean spinning) {
        @Override
        public String toString() {
            return count + (spinning ? ", spinning" : "");
        }
    }

    /**
     * The environment; made with these threads where there is none yet. Where there is, it keeps the threads that it has, which is said once
     * in the log.
     *
     * @param threads within one operation, the calling one among them; at least 1
     * @param spinning whether idle threads wait busily: faster by a little, and very slow where something else needs the
     *     cores
     * @throws KemoException category DEVICE, where something else made the environment before, whose sessions share no threads, and where its
     *     native library cannot be loaded
     */
    // Whoever is the first to run a model may be a plugin that is unloaded later. Two threads are made here that wait
    // for the end of the
    // process, and a thread keeps the class loader of the one that it is made on, until JDK 24 those of all on its
    // stack, too.
    @SuppressWarnings("removal")
    public static synchronized OrtEnvironment with(int threads, boolean spinning) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(OnnxEnvironment.class.getClassLoader());
        try {
            return AccessController.doPrivileged(
                    (PrivilegedAction<OrtEnvironment>) () -> of(new Threads(threads, spinning)));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static OrtEnvironment of(Threads threads) {
        Optional<Threads> made = MADE.get();
        if (made.isEmpty()) {
            OrtEnvironment environment = make(threads);
            MADE.set(Optional.of(threads));
            return environment;
        }
        if (!made.get().equals(threads) && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "ONNX Runtime keeps the threads that were asked for first in this process, [{}]; [{}] are not heeded.",
                    made.get(),
                    threads);
        }
        return OrtEnvironment.getEnvironment();
    }

    private static OrtEnvironment make(Threads threads) {
        requireLibrary();
        OnnxCalls.endBeforeTheProcess();
        try (OrtEnvironment.ThreadingOptions options = new OrtEnvironment.ThreadingOptions()) {
            options.setGlobalIntraOpNumThreads(threads.count());
            // Sessions run their nodes one after the other: threads between nodes would only be idle.
            options.setGlobalInterOpNumThreads(1);
            options.setGlobalSpinControl(threads.spinning());
            OrtEnvironment environment = OrtEnvironment.getEnvironment(LEVEL, NAME, options);
            environment.setTelemetry(false);
            keepToTheEndOfTheProcess();
            return environment;
        } catch (IllegalStateException alreadyThere) {
            throw KemoException.device(
                            "ONNX Runtime was begun by [something else] in this process, without threads that sessions share.",
                            "Open Kemo's session pool before anything else uses ONNX Runtime.")
                    .causedBy(alreadyThere);
        } catch (LinkageError e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw KemoException.device(
                            "ONNX Runtime's native library cannot be loaded: [" + reason + "].",
                            reason instanceof IOException
                                    ? "It makes a folder in [" + System.getProperty(TEMPORARY)
                                            + "]: make that one that can be written and has room, or name another with"
                                            + " KEMO_JAVA_OPTIONS=-D" + TEMPORARY + "=DIR."
                                    : "Kemo runs on Linux on x86-64 with glibc; -D" + LIBRARIES
                                            + "=DIR names a folder of libraries of the same version.")
                    .causedBy(e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses [" + threads + "] threads", e);
        }
    }

    /** ONNX Runtime passes over a folder without its library and takes another one, which need not know the device. */
    private static void requireLibrary() {
        String folder = System.getProperty(LIBRARIES);
        String library = System.mapLibraryName("onnxruntime");
        if (folder != null && !new File(folder, library).isFile()) {
            throw KemoException.device(
                    "The folder [" + folder + "] of -D" + LIBRARIES + " does not hold [" + library + "].",
                    "Name the folder with ONNX Runtime's libraries, or leave the option out.");
        }
    }

    private static void warnOfALongCommand() {
        if (System.getenv("ORT_DISABLE_TELEMETRY") == null) {
            ProcessHandle.current()
                    .info()
                    .commandLine()
                    .filter(command -> command.length() > LONG_COMMAND)
                    .ifPresent(command -> LOG.warn(
                            "The command line has [{}] characters or more, with which ONNX Runtime may end the process."
                                    + " Set ORT_DISABLE_TELEMETRY=1 in the environment, or give the class path in a file.",
                            command.length()));
        }
    }

    /**
     * Options of a session that runs on the environment's threads.
     *
     * @param exactSums keeps sums of 8-bit products exact on x86 processors without VNNI, which else bound each two of them to 16 bits. Only
     *     where each product has weights and a zero point of them to itself: without, ONNX Runtime 1.29.0 reads beyond the inputs of the
     *     operator, and what two share it does not take
     */
    public static OrtSession.SessionOptions sessionOptions(boolean exactSums) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.disablePerSessionThreads();
            options.addConfigEntry("session.x64quantprecision", exactSums ? "1" : "0");
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /**
     * Takes a reference to the native environment that is never given back.
     *
     * <p>ONNX Runtime for Java releases its own in a shutdown hook, while other threads may still run or open a model: of 20
     * processes that were ended then (Ctrl-C will do), 20 crashed, as measured with 1.29.0 (issue 31352 of
     * microsoft/onnxruntime). Hooks have no order, so none of ours can come before it. But the native environment counts its
     * references, and the private method that makes it takes another one; with that, none of 120 crashed.
     *
     * <p>Reflection gets there as long as ONNX Runtime is an automatic module or on the class path.
     */
    private static void keepToTheEndOfTheProcess() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method reference =
                    OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            reference.setAccessible(true);
            reference.invoke(null, api.getLong(null), LEVEL.getValue(), NAME);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.debug("A process that ends while a model runs may crash: {}", e.getMessage());
        }
    }
}

package org.kemo.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * Where JavaCPP unpacks the native libraries, half a gigabyte: in Kemo's cache, unless somebody has named a folder. A process that is
 * killed meanwhile leaves a library cut off, at which the machine's loader would end every later one, with nothing for Java to catch. So
 * a mark says that all has been loaded once, and what has none is unpacked anew.
 *
 * @param cache a folder of its own
 */
record LibtorchFolder(Path cache) {
    private static final String CHOSEN = "org.bytedeco.javacpp.cachedir";
    private static final String WHOLE = "whole";
    private static final String LOCK = "kemo.lock";

    /**
     * Loads the library, which unpacks it at the first use on a machine; another process that does so is waited for. Where the folder
     * cannot be written, JavaCPP looks for one by itself.
     *
     * @param loading makes what calls the library, and has loaded it when it comes back
     */
    <T> T loaded(Supplier<T> loading) {
        synchronized (LibtorchFolder.class) {
            // JavaCPP reads it once.
            if (System.getProperty(CHOSEN) != null) {
                return loading.get();
            }
            Path folder = cache.resolve(version());
            try (FileChannel channel = lockFile(folder)) {
                // Until the channel is closed.
                channel.lock();
                if (!Files.exists(folder.resolve(WHOLE))) {
                    clear(folder);
                }
                System.setProperty(CHOSEN, folder.toString());
                T library = loading.get();
                mark(folder);
                return library;
            } catch (IOException | OverlappingFileLockException e) {
                return loading.get();
            }
        }
    }

    /** Each version has its own, so that two can take turns. */
    private static String version() {
        return Path.of(torch.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName()
                .toString();
    }

    private static FileChannel lockFile(Path folder) throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void clear(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path each : all) {
            if (!each.equals(folder) && !each.equals(folder.resolve(LOCK))) {
                Files.delete(each);
            }
        }
    }

    /**
     * Without it the next process unpacks again. There is nothing to mark where the library was loaded before this process knew of the
     * folder.
     */
    private static void mark(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            if (found.anyMatch(Files::isDirectory)) {
                Files.write(folder.resolve(WHOLE), new byte[0]);
            }
        } catch (IOException e) {
            // That one tries again.
        }
    }
}

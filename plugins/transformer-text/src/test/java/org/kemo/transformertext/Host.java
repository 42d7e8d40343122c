package org.kemo.transformertext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.kemo.api.service.ModelFiles;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.OnnxSessionPool;
import org.kemo.runtime.session.SessionsConfiguration;
import org.kemo.runtime.weights.HostModelFiles;

/** The services of the host, with a cache of their own. */
final class Host implements AutoCloseable {
    private final Path cache;
    private final FileSums sums = FileSums.inMemory();
    private final OnnxSessionPool sessions = new OnnxSessionPool(SessionsConfiguration.defaults(), sums);

    Host() {
        try {
            cache = Files.createTempDirectory("kemo-cache");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TextTransformers transformers() {
        return new TextTransformers(Host::folder, files(), sessions);
    }

    ModelFiles files() {
        return new HostModelFiles(cache, sums);
    }

    OnnxSessionPool sessions() {
        return sessions;
    }

    FileSums sums() {
        return sums;
    }

    private static Path folder(String reference) {
        return Path.of(reference.substring("file:".length()));
    }

    /** The folders of the models that were written down. */
    List<Path> networks() throws IOException {
        try (Stream<Path> folders = Files.list(cache.resolve("networks"))) {
            return folders.sorted().toList();
        }
    }

    @Override
    public void close() {
        sessions.close();
        try (Stream<Path> files = Files.walk(cache)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.kemo.transformertext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.service.SessionLease;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.session.OnnxSessionPool;
import org.kemo.runtime.session.SessionsConfiguration;
import org.kemo.runtime.weights.HostModelFiles;

/**
 * The services of the host, with a cache of their own, for one test. On a machine with CUDA {@code -Dkemo.test.device=cuda:0} runs all models
 * there.
 */
final class Host implements AfterEachCallback {
    static final String DEVICE = System.getProperty("kemo.test.device", "cpu");

    private final Path cache;
    private final FileSums sums = FileSums.inMemory();
    private final OnnxSessionPool sessions;

    Host() {
        this(DEVICE);
    }

    /** A host whose only device that is. */
    Host(String device) {
        sessions = new OnnxSessionPool(new SessionsConfiguration(List.of(device), 0, false, 2, 64, 120, 8192), sums);
        try {
            cache = Files.createTempDirectory("kemo-cache");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TextTransformers transformers() {
        return new TextTransformers(Host::folder, files(), sessions);
    }

    /** The same, where the shape [N, L] of each run is heard of. */
    TextTransformers transformers(Consumer<int[]> shapes) {
        return new TextTransformers(
                Host::folder, files(), request -> new WatchedLease(sessions.lease(request), shapes));
    }

    private record WatchedLease(SessionLease lease, Consumer<int[]> shapes) implements SessionLease {
        @Override
        public List<Network.Input> inputs() {
            return lease.inputs();
        }

        @Override
        public List<String> outputs() {
            return lease.outputs();
        }

        @Override
        public String device() {
            return lease.device();
        }

        @Override
        public Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs) {
            shapes.accept(inputs.get("input_ids").shape());
            return lease.run(inputs);
        }

        @Override
        public Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs, Duration deadline) {
            shapes.accept(inputs.get("input_ids").shape());
            return lease.run(inputs, deadline);
        }

        @Override
        public void close() {
            lease.close();
        }
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
    public void afterEach(ExtensionContext test) {
        sessions.close();
        try (Stream<Path> files = Files.walk(cache)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

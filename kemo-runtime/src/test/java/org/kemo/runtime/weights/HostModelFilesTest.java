package org.kemo.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Ops;
import org.kemo.api.network.ParameterReader;
import org.kemo.api.network.Shape;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.session.OnnxSessionPool;

class HostModelFilesTest {
    private static final int WIDTH = 32;

    @TempDir
    private Path cache;

    /** y = x W + b. */
    private record Line() implements Network {
        @Override
        public List<Input> inputs() {
            return List.of(
                    new Input("x", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(WIDTH)));
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            return Map.of("y", ops.linear("line", inputs.get("x"), WIDTH));
        }
    }

    /** W is twice the identity, which is large enough for a file of its own, b is 3. */
    private static FloatTensor parameter(String name, Shape shape) {
        FloatTensor tensor = FloatTensor.zeros(shape.sizes());
        for (int i = 0; i < WIDTH; i++) {
            tensor.values()[name.endsWith("bias") ? i : i * WIDTH + i] = name.endsWith("bias") ? 3 : 2;
        }
        return tensor;
    }

    @Test
    void saysThatAFileIsAPointerOfGitLfs() throws IOException {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
        Files.writeString(
                cache.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"a\": \"model-00001-of-00001.safetensors\"}}");
        for (String name :
                List.of("model.safetensors", "model-00001-of-00001.safetensors", "tokenizer.json", "model.onnx")) {
            Path file = Files.writeString(
                    cache.resolve(name),
                    "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 1000\n");

            assertThatThrownBy(() -> files.sha256(file))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN))
                    .hasMessageContaining("[" + file + "] is a Git LFS pointer")
                    .hasMessageContaining("git lfs pull");
        }

        assertThatThrownBy(() -> files.weights(cache.resolve("model.safetensors")))
                .hasMessageContaining("is a Git LFS pointer");
        assertThatThrownBy(() -> files.sha256(cache.resolve("model.safetensors.index.json")))
                .hasMessageContaining("model-00001-of-00001.safetensors] is a Git LFS pointer");
    }

    @Test
    void givesAModelThatTheSessionPoolRuns() {
        FileSums sums = FileSums.inMemory();
        Path model = new HostModelFiles(cache, sums)
                .model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter);

        assertThat(model.resolveSibling("network.onnx.data")).hasSize((long) Float.BYTES * WIDTH * WIDTH);
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), sums);
                SessionLease lease = pool.lease(SessionRequest.of(model))) {
            FloatTensor x = FloatTensor.zeros(1, WIDTH);
            x.values()[1] = 5;
            FloatTensor y = lease.run(Map.of("x", x)).get("y");
            assertThat(y.at(0, 0)).isCloseTo(3, within(1e-6f));
            assertThat(y.at(0, 1)).isCloseTo(13, within(1e-6f));
        }
    }

    @Test
    void asksForParametersOnlyTheFirstTime() {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
        AtomicInteger asked = new AtomicInteger();
        ParameterReader counted = (name, shape) -> {
            asked.incrementAndGet();
            return parameter(name, shape);
        };
        Path first = files.model("key", new Line(), ModelPrecision.FLOAT32, counted);

        assertThat(files.model("key", new Line(), ModelPrecision.FLOAT32, counted))
                .isEqualTo(first);
        assertThat(asked).hasValue(2);
        assertThat(files.model("another key", new Line(), ModelPrecision.FLOAT32, counted))
                .isNotEqualTo(first);
        assertThat(asked).hasValue(4);
    }

    @Test
    void writesAModelAnewThatAMachineThatStoppedLeftEmpty() throws IOException {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
        Path model = files.model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter);
        byte[] written = Files.readAllBytes(model);
        Files.write(model, new byte[0]);

        assertThat(files.model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter))
                .isEqualTo(model)
                .hasBinaryContent(written);
    }

    @Test
    void leavesNothingOfAModelWhoseWeightsCannotBeRead() throws IOException {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
        ParameterReader broken = (name, shape) -> {
            if (name.endsWith("bias")) {
                throw new IllegalStateException("cut off");
            }
            return parameter(name, shape);
        };
        assertThatThrownBy(() -> files.model("key", new Line(), ModelPrecision.FLOAT32, broken))
                .hasMessage("cut off");

        try (Stream<Path> left = Files.list(cache.resolve("networks"))) {
            assertThat(left).isEmpty();
        }
        assertThat(files.model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter))
                .isRegularFile();
    }

    @Test
    void removesWhatWasLeftAsideWhenAProcessWasKilled() throws IOException {
        Path networks = cache.resolve("networks");
        Path left = networks.resolve("." + Sha256.of("1 another key") + ".aside1234")
                .resolve("new");
        Files.write(Files.createDirectories(left).resolve("network.onnx.data"), new byte[1000]);

        Path model = new HostModelFiles(cache, FileSums.inMemory())
                .model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter);

        assertThat(networks).isDirectoryNotContaining(each -> !each.equals(model.getParent()));
    }

    @Test
    void writesAModelOnceThoughTwoAskAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Path> asks = () -> {
            HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
            together.await();
            return files.model("key", new Line(), ModelPrecision.FLOAT32, (name, shape) -> {
                asked.incrementAndGet();
                LockSupport.parkNanos(100_000_000);
                return parameter(name, shape);
            });
        };
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            for (Future<Path> model : callers.invokeAll(List.of(asks, asks))) {
                assertThat(model.get()).isRegularFile();
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(asked).hasValue(2);
    }

    @Test
    void sumsAnOnnxModelWithTheDataThatItNames() throws IOException {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());
        Path model = Files.copy(
                files.model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter),
                cache.resolve("model.onnx"));
        Path data = Files.copy(
                cache.resolve("networks").resolve(Sha256.of("1 key")).resolve("network.onnx.data"),
                cache.resolve("network.onnx.data"));
        String sum = files.sha256(model);
        Files.write(cache.resolve("model.onnx.notes"), new byte[1]);

        assertThat(files.sha256(model)).isEqualTo(sum);
        byte[] changed = Files.readAllBytes(data);
        changed[0] ^= 1;
        Files.write(data, changed);
        assertThat(files.sha256(model)).matches("[0-9a-f]{64}").isNotEqualTo(sum);
        Files.delete(data);
        assertThatThrownBy(() -> files.sha256(model)).hasMessageContaining("[network.onnx.data]");
    }

    @Test
    void keepsAModelOfEachPrecision() {
        HostModelFiles files = new HostModelFiles(cache, FileSums.inMemory());

        assertThat(Stream.of(ModelPrecision.values())
                        .map(precision -> files.model("key", new Line(), precision, HostModelFilesTest::parameter)))
                .doesNotHaveDuplicates()
                .allSatisfy(model -> assertThat(model).isRegularFile());
        // As it was before there was a choice.
        assertThat(files.model("key", new Line(), ModelPrecision.FLOAT32, HostModelFilesTest::parameter))
                .hasParentRaw(cache.resolve("networks").resolve(Sha256.of("1 key")));
    }
}

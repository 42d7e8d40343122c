package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.KemoException;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.training.Optimizer;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingRequest;

final class TorchTrainerTest {
    private static final FrameClassifier NETWORK = new FrameClassifier(6, 8, 2, 3, 0.2);

    @TempDir
    Path folder;

    @Test
    void learnsWhatCanBeLearned() {
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            List<Double> losses = train(trainer, 0, 60);
            assertThat(losses.get(0)).isCloseTo(Math.log(3), within(0.2));
            assertThat(losses.get(59)).isLessThan(0.2);
        }
    }

    @Test
    void movesSomeParametersMoreSlowly() {
        Map<String, FloatTensor> begin = parametersAfter(0, Map.of());
        String some = begin.keySet().iterator().next();
        Map<String, FloatTensor> usual = parametersAfter(1, Map.of());
        Map<String, FloatTensor> slower = parametersAfter(1, Map.of(some, 0.5));

        usual.forEach((name, value) -> {
            double share = name.equals(some) ? 0.5 : 1;
            for (int i = 0; i < value.count(); i++) {
                float from = begin.get(name).values()[i];
                assertThat(slower.get(name).values()[i] - from)
                        .isCloseTo((float) (share * (value.values()[i] - from)), within(1e-6f));
            }
        });
        assertThat(usual.get(some)).isNotEqualTo(begin.get(some));
    }

    private static Map<String, FloatTensor> parametersAfter(int steps, Map<String, Double> rates) {
        Optimizer optimizer = new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-8, 0.01, 0);
        TrainingRequest request = new TrainingRequest(NETWORK, NETWORK, optimizer, Map.of(), Set.of(), rates, 1);
        try (Trainer trainer = new TorchEngine(new Libtorch(1), "cpu", MatrixPrecision.FLOAT32).open(request)) {
            train(trainer, 0, steps);
            return trainer.parameters();
        }
    }

    @Test
    void givesTheSameBitsForTheSameSeedAndOthersForAnother() {
        assertThat(run(1)).isEqualTo(run(1)).isNotEqualTo(run(2));
    }

    @Test
    void givesTheSameBitsBesideAnotherRunInAnotherThread() throws Exception {
        Map<String, FloatTensor> alone = run(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Map<String, FloatTensor>> one = () -> run(1);
            Callable<Map<String, FloatTensor>> other = () -> run(2);
            List<Future<Map<String, FloatTensor>>> both = threads.invokeAll(List.of(one, other, one));
            assertThat(both.get(0).get()).isEqualTo(alone);
            assertThat(both.get(2).get()).isEqualTo(alone);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void multipliesLargeMatricesOnAllThreadsAndGivesTheSameBitsBesideOthers() throws Exception {
        Callable<Wide> wide = () -> wide(2, MatrixPrecision.FLOAT32);
        Wide alone = wide.call();
        assertThat(alone.productThreads()).isEqualTo(2);
        assertThat(wide(1, MatrixPrecision.FLOAT32).productThreads()).isEqualTo(1);
        assertThat(wide(2, MatrixPrecision.BFLOAT16).productThreads()).isEqualTo(1);

        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Map<String, FloatTensor> small = run(1);
            Future<Map<String, FloatTensor>> other = threads.submit(() -> run(1));
            for (Future<Wide> one : threads.invokeAll(List.of(wide, wide))) {
                assertThat(one.get()).isEqualTo(alone);
            }
            assertThat(other.get()).isEqualTo(small);
        } finally {
            threads.shutdown();
        }
    }

    /** What came of a network with a matrix of 384 by 384, and how many threads OpenBLAS had. */
    private record Wide(int productThreads, Map<String, FloatTensor> parameters) {}

    private static Wide wide(int threads, MatrixPrecision precision) {
        AtomicInteger seen = new AtomicInteger();
        FrameClassifier narrow = new FrameClassifier(6, 8, 1, 3, 0);
        Network network = new Network() {
            @Override
            public List<Input> inputs() {
                return narrow.inputs();
            }

            @Override
            public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
                seen.set(openblas_nolapack.blas_get_num_threads());
                T pooled = ops.maskedMean(inputs.get("frames"), inputs.get("mask"));
                T hidden = ops.tanh(ops.linear("out", ops.linear("in", pooled, 384), 384));
                return Map.of("probabilities", ops.softmax(ops.linear("classes", hidden, 3), -1));
            }
        };
        Optimizer optimizer = new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-8, 0.01, 1);
        try (Trainer trainer = new TorchEngine(new Libtorch(threads), "cpu", precision)
                .open(new TrainingRequest(network, narrow, optimizer, Map.of(), Set.of(), 1))) {
            for (int step = 0; step < 3; step++) {
                Map<String, FloatTensor> batch = narrow.batch(64, 12, step);
                trainer.step(batch, batch, 0.02);
            }
            return new Wide(seen.get(), trainer.parameters());
        }
    }

    @Test
    void goesOnAfterARestoreWithTheBitsOfARunThatWasNotInterrupted() {
        Path file = folder.resolve("trainer.bin");
        try (Trainer whole = open(NETWORK, Set.of(), 1);
                Trainer first = open(NETWORK, Set.of(), 1);
                Trainer second = open(NETWORK, Set.of(), 1)) {
            List<Double> expected = train(whole, 0, 8);
            train(first, 0, 5);
            first.save(file);
            // What the second did before is forgotten.
            train(second, 20, 21);
            second.restore(file);
            assertThat(train(second, 5, 8)).isEqualTo(expected.subList(5, 8));
            assertThat(second.parameters()).isEqualTo(whole.parameters());
        }
    }

    @Test
    void refusesACheckpointThatWasCutOrChanged() throws IOException {
        Path file = folder.resolve("trainer.bin");
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            trainer.save(file);
            byte[] whole = Files.readAllBytes(file);
            byte[] changed = whole.clone();
            changed[40] ^= 0x55;
            for (byte[] bad : List.of(Arrays.copyOf(whole, whole.length / 2), Arrays.copyOf(whole, 5), changed)) {
                Files.write(file, bad);
                assertThatThrownBy(() -> trainer.restore(file))
                        .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                                .isEqualTo(KemoException.Category.CONFIGURATION))
                        .hasMessageContaining("[" + file + "] cannot be read: [java.io.IOException: it is not whole].")
                        .hasMessageContaining("Remove the folder [" + folder + "] to begin anew.");
            }
        }
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "No folder.").resolve("trainer.bin");
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            assertThatThrownBy(() -> trainer.save(file))
                    .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                            .isEqualTo(KemoException.Category.CONFIGURATION))
                    .hasMessageContaining("[" + file + "] cannot be written: [java.nio.file.");
        }
    }

    @Test
    void leavesNothingBesideTheCheckpoint() throws IOException {
        Path file = folder.resolve("deeper/trainer.bin");
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            trainer.save(file);
            trainer.save(file);
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void letsThoseReadTheCheckpointWhoCanReadOtherFilesThere() throws IOException {
        Path file = folder.resolve("trainer.bin");
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            trainer.save(file);
        }

        Path other = Files.createFile(folder.resolve("other"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void refusesTheCheckpointOfAnotherNetwork() {
        Path file = folder.resolve("trainer.bin");
        try (Trainer one = open(NETWORK, Set.of(), 1);
                Trainer other = open(new FrameClassifier(6, 9, 2, 3, 0), Set.of(), 1)) {
            one.save(file);
            assertThatThrownBy(() -> other.restore(file))
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("another network");
        }
    }

    @Test
    void leavesFrozenScopesAsTheyAre() {
        try (Trainer trainer = open(NETWORK, Set.of("encoder"), 1)) {
            Map<String, FloatTensor> before = trainer.parameters();
            train(trainer, 0, 3);
            trainer.parameters().forEach((name, value) -> {
                if (name.startsWith("encoder/")) {
                    assertThat(value).as(name).isEqualTo(before.get(name));
                } else {
                    assertThat(value).as(name).isNotEqualTo(before.get(name));
                }
            });
        }
    }

    @Test
    void leavesAFrozenParameterAsItIsThoughWeightDecayWouldPullAtIt() {
        try (Trainer trainer = open(NETWORK, Set.of("classifier/out/weight"), 1)) {
            Map<String, FloatTensor> before = trainer.parameters();
            train(trainer, 0, 3);
            Map<String, FloatTensor> after = trainer.parameters();
            assertThat(after.get("classifier/out/weight")).isEqualTo(before.get("classifier/out/weight"));
            assertThat(after.get("classifier/out/bias")).isNotEqualTo(before.get("classifier/out/bias"));
        }
    }

    @Test
    void stepsOverANetworkOfWhichNothingIsTrained() {
        try (Trainer trainer = open(NETWORK, Set.of("encoder", "classifier"), 1)) {
            Map<String, FloatTensor> before = trainer.parameters();
            assertThat(train(trainer, 0, 2)).hasSize(2);
            assertThat(trainer.parameters()).isEqualTo(before);
        }
    }

    @Test
    void putsNoDropoutOnFrozenScopes() {
        FrameClassifier without = new FrameClassifier(6, 8, 2, 3, 0);
        try (Trainer trainer = open(NETWORK, Set.of("encoder"), 1);
                Trainer expected = open(without, Set.of("encoder"), 1)) {
            assertThat(train(trainer, 0, 3)).isEqualTo(train(expected, 0, 3));
        }
    }

    @Test
    void keepsTheOptimizersStateWhenValuesAreLoaded() {
        try (Trainer trainer = open(NETWORK, Set.of(), 1);
                Trainer expected = open(NETWORK, Set.of(), 1)) {
            train(trainer, 0, 3);
            train(expected, 0, 3);
            Map<String, FloatTensor> kept = trainer.parameters();
            trainer.load(Map.of("classifier/out/bias", FloatTensor.of(new float[] {1, 2, 3}, 3)));
            assertThat(trainer.parameters().get("classifier/out/bias").values()).containsExactly(1, 2, 3);
            trainer.load(kept);
            assertThat(train(trainer, 3, 5)).isEqualTo(train(expected, 3, 5));
        }
    }

    @Test
    void saysWhichStepHadALossThatIsNoNumber() {
        try (Trainer trainer = open(NETWORK, Set.of(), 1)) {
            train(trainer, 0, 1);
            Map<String, FloatTensor> batch = new HashMap<>(NETWORK.batch(4, 10, 1));
            FloatTensor frames = FloatTensor.zeros(4, 10, 6);
            frames.values()[0] = Float.NaN;
            batch.put("frames", frames);
            assertThatThrownBy(() -> trainer.step(batch, batch, 0.01))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                    .hasMessageContaining("step [2] is [NaN]");
        }
    }

    @Test
    void saysWhichOutputIsTheFirstThatIsNoNumber() {
        assertThatThrownBy(() -> stepOverQuotient(0))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                .hasMessageContaining(
                        "The loss of step [1] is [NaN], and the first output with what is no number is [quotient].")
                .hasMessageContaining("Look in the network for a quotient or a logarithm of 0, and in the data");
        // e^200 is larger than any number of 32 bits.
        assertThatThrownBy(() -> stepOverQuotient(200))
                .hasMessageContaining("The loss of step [1] is [Infinity], though all outputs are numbers.");
    }

    private static void stepOverQuotient(float x) {
        QuotientNetwork network = new QuotientNetwork();
        try (Trainer trainer = new TorchEngine(new Libtorch(1), "cpu", MatrixPrecision.FLOAT32)
                .open(new TrainingRequest(network, network, Optimizer.adamW(), Map.of(), Set.of(), 1))) {
            trainer.step(Map.of("x", FloatTensor.of(new float[] {x}, 1)), Map.of(), 0.01);
        }
    }

    /** x + w, x / x and twice that; the loss is e^(x + w) times the quotient. */
    private static final class QuotientNetwork implements Network, Objective {
        @Override
        public List<Input> inputs() {
            return List.of(new Input("x", ElementType.FLOAT, Shape.of(1)));
        }

        @Override
        public List<Input> targets() {
            return List.of();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T x = inputs.get("x");
            T quotient = ops.divide(x, x);
            Map<String, T> outputs = new LinkedHashMap<>();
            outputs.put("sum", ops.add(x, ops.parameter("w", Shape.of(1), Initializer.constant(1))));
            outputs.put("quotient", quotient);
            outputs.put("twice", ops.add(quotient, quotient));
            return outputs;
        }

        @Override
        public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
            T product = ops.multiply(ops.exp(outputs.get("sum")), outputs.get("quotient"));
            return ops.sum(product, 0);
        }
    }

    @Test
    void refusesAStepWhoseGradientIsNoNumberAndLeavesTheParametersAsTheyWere() {
        // y = sqrt(w x) with x = {1, 0}: the loss is 1, but the root of 0 has no slope.
        RootNetwork root = new RootNetwork();
        try (Trainer trainer = new TorchEngine(new Libtorch(1), "cpu", MatrixPrecision.FLOAT32)
                .open(new TrainingRequest(root, root, Optimizer.adamW(), Map.of(), Set.of(), 1))) {
            Map<String, FloatTensor> before = trainer.parameters();
            Map<String, FloatTensor> good = Map.of("x", FloatTensor.of(new float[] {1, 1}, 2));
            Map<String, FloatTensor> bad = Map.of("x", FloatTensor.of(new float[] {1, 0}, 2));
            assertThatThrownBy(() -> trainer.step(bad, Map.of(), 0.01))
                    .isInstanceOfSatisfying(
                            KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.INPUT))
                    .hasMessageContaining(
                            "The gradient of the parameter [w] in step [1] is no number, though the loss is [1.0].")
                    .hasMessageContaining("a root or a quotient of 0");
            assertThat(trainer.parameters()).isEqualTo(before);
            assertThat(trainer.step(good, Map.of(), 0.01)).isEqualTo(2);
        }
    }

    /** The sum of the roots of w x; another parameter stands before w. */
    private static final class RootNetwork implements Network, Objective {
        @Override
        public List<Input> inputs() {
            return List.of(new Input("x", ElementType.FLOAT, Shape.of(2)));
        }

        @Override
        public List<Input> targets() {
            return List.of();
        }

        @Override
        public <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs) {
            T shift = ops.parameter("shift", Shape.of(2), Initializer.constant(0));
            T root = ops.sqrt(ops.multiply(ops.parameter("w", Shape.of(1), Initializer.constant(1)), inputs.get("x")));
            return Map.of("y", ops.add(root, shift));
        }

        @Override
        public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
            return ops.sum(outputs.get("y"), 0);
        }
    }

    private static Map<String, FloatTensor> run(long seed) {
        try (Trainer trainer = open(NETWORK, Set.of(), seed)) {
            train(trainer, 0, 5);
            return trainer.parameters();
        }
    }

    private static Trainer open(FrameClassifier network, Set<String> frozen, long seed) {
        Optimizer optimizer = new Optimizer(Optimizer.Type.ADAMW, 0.9, 0.999, 1e-8, 0.01, 1);
        return new TorchEngine(new Libtorch(1), "cpu", MatrixPrecision.FLOAT32)
                .open(new TrainingRequest(network, network, optimizer, Map.of(), frozen, seed));
    }

    private static List<Double> train(Trainer trainer, int from, int to) {
        List<Double> losses = new ArrayList<>();
        for (int step = from; step < to; step++) {
            Map<String, FloatTensor> batch = NETWORK.batch(16, 12, step);
            losses.add(trainer.step(batch, batch, 0.02));
        }
        return losses;
    }
}

package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.NetworkOutputs;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/** What has to hold of every network, checked on every backend that is there. Each failure says which promise is broken. */
final class NetworkChecks {
    /** The largest difference between two computations of the same, relative to values above 1. */
    static final double TOLERANCE = 1e-5;

    /** How far parameters are moved from where they begin. */
    private static final double MOVED = 0.1;

    /** How far they are moved once more: far beyond the last bit of anything, and not so far that a slope becomes another. */
    private static final double NEARBY = 1e-4;

    /**
     * A gradient of more than this share of the largest of the same pass is no rounding: what cancels out in float32, of 24 bits, leaves
     * about 1e-7 of what it is made of.
     */
    private static final double ROUNDING = 1e-6;

    /** How much of a gradient may change nearby. Where it is rounding alone, all of it does. */
    private static final double CHANGE = 0.1;

    private final String subject;
    private final Network network;
    private final Network trained;
    private final Set<String> fitted;
    private final UtteranceSource source;
    private final long seed;
    private final List<NetworkBackend> backends;
    private final Map<String, Shape> shapes;
    private final Map<String, Shape> trainedShapes;
    private final Map<String, FloatTensor> parameters;
    private final Batches batches;

    /**
     * Prepares the checks.
     *
     * @param subject what failures call it: {@code The network}, {@code The strategy [static]}
     * @param seed for parameters and inputs
     */
    NetworkChecks(String subject, Network network, UtteranceSource source, long seed) {
        this(subject, network, network, Map.of(), source, seed);
    }

    /**
     * Prepares the checks of a network that is more in training than in use.
     *
     * @param trained the network with what training alone reads: outputs that may look at the whole batch
     * @param fitted values of parameters that training leaves as they are
     */
    NetworkChecks(
            String subject,
            Network network,
            Network trained,
            Map<String, FloatTensor> fitted,
            UtteranceSource source,
            long seed) {
        this.subject = subject;
        this.network = network;
        this.trained = trained;
        this.fitted = Set.copyOf(fitted.keySet());
        this.source = source;
        this.seed = seed;
        this.backends = NetworkBackends.all();
        assertThat(backends)
                .as("backends: put the plugin torch, kemo-runtime or both on the test class path")
                .isNotEmpty();
        this.shapes = NetworkOutputs.of(network);
        this.trainedShapes = NetworkOutputs.of(trained);
        this.parameters = moved(NetworkParameters.of(trained, fitted, seed), MOVED);
        this.batches = new Batches(network.inputs());
    }

    // Parameters that begin at 0 would hide mistakes in what they are multiplied with. Those that were fitted do not
    // begin.
    private Map<String, FloatTensor> moved(Map<String, FloatTensor> initial, double distance) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, FloatTensor> moved = new LinkedHashMap<>();
        initial.forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length && !fitted.contains(name); i++) {
                values[i] += (float) (2 * distance * (random.nextDouble() - 0.5));
            }
            moved.put(name, FloatTensor.of(values, tensor.shape()));
        });
        return moved;
    }

    void backendsAgree() {
        assumeTrue(
                backends.size() > 1,
                () -> "Only the backend [" + backends.get(0).name()
                        + "] is on the test class path: comparing needs two, torch and kemo-runtime's onnx.");
        SplittableRandom random = new SplittableRandom(seed);
        for (int size : new int[] {1, 2, 5, 3}) {
            Map<String, Tensor> batch = batches.collate(draw(size, random), size % 2, random);
            Map<String, FloatTensor> first = backends.get(0).run(trained, parameters, batch);
            requireNumbers(backends.get(0), first);
            for (NetworkBackend other : backends.subList(1, backends.size())) {
                Map<String, FloatTensor> second = other.run(trained, parameters, batch);
                requireNumbers(other, second);
                assertThat(second.keySet()).isEqualTo(first.keySet());
                first.forEach((name, value) -> {
                    double difference = OutputComparison.difference(value, second.get(name));
                    if (!(difference <= TOLERANCE)) {
                        failWith(
                                "gives other numbers for [%s] on [%s] than on [%s]: they differ by [%.2g] in a batch of %d."
                                        + " An operation is computed differently there.",
                                name, other.name(), backends.get(0).name(), difference, size);
                    }
                });
            }
        }
    }

    void anUtteranceDoesNotDependOnItsBatchMates() {
        OutputComparison comparison = new OutputComparison(shapes);
        for (NetworkBackend backend : backends) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Map<String, Tensor>> utterances = draw(5, random);
            Map<String, FloatTensor> together = run(network, backend, utterances, 0, random);
            for (int n = 0; n < utterances.size(); n++) {
                Map<String, FloatTensor> alone = run(network, backend, List.of(utterances.get(n)), 0, random);
                OutputComparison.Difference difference =
                        comparison.difference(together, n, alone, 0, batches.lengths(utterances.get(n)));
                if (!(difference.size() <= TOLERANCE)) {
                    failWith(
                            "answers [%s] differently for an utterance alone and among four others, by [%.2g] on [%s]. Something"
                                    + " is summed, normalised or compared along the batch, axis 0, or reads padding.",
                            difference.output(), difference.size(), backend.name());
                }
            }
        }
    }

    /** Nor what training alone reads. */
    void paddingDoesNotReachTheAnswer() {
        OutputComparison comparison = new OutputComparison(trainedShapes);
        for (NetworkBackend backend : backends) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Map<String, Tensor>> utterances = draw(3, random);
            Map<String, FloatTensor> little = run(trained, backend, utterances, 0, random);
            Map<String, FloatTensor> more = run(trained, backend, utterances, 7, random);
            for (int n = 0; n < utterances.size(); n++) {
                OutputComparison.Difference difference =
                        comparison.difference(little, n, more, n, batches.lengths(utterances.get(n)));
                if (!(difference.size() <= TOLERANCE)) {
                    failWith(
                            "answers [%s] differently when a batch is padded by 7 more steps of random numbers, by [%.2g] on [%s]."
                                    + " Multiply sequences by their mask, or use maskedMean, maskedSoftmax and lstm.",
                            difference.output(), difference.size(), backend.name());
                }
            }
        }
    }

    void gradientsAgreeWithDifferences() {
        gradientsAgreeWithDifferences(trained, List.of());
    }

    /** The same for more utterances than are drawn. */
    void gradientsAgreeWithDifferences(List<Map<String, Tensor>> besides) {
        gradientsAgreeWithDifferences(trained, besides);
    }

    /**
     * The same of the network with something before it that has parameters, too. Their derivatives have to be numbers and no more: a
     * network may stop what flows back through it on purpose.
     */
    void gradientsAgreeWithDifferences(Network fed, List<Map<String, Tensor>> besides) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Tensor>> utterances = draw(3, random);
        utterances.addAll(besides);
        Map<String, Tensor> batch = batches.collate(utterances, 1, random);
        Map<String, FloatTensor> all = NetworkParameters.of(fed, parameters, seed);
        OutputSum sum = new OutputSum(trainedShapes, seed);
        boolean differentiated = false;
        for (NetworkBackend backend : backends) {
            requireNumbers(backend, backend.run(trained, parameters, batch));
            Optional<Map<String, FloatTensor>> gradients = gradients(backend, fed, sum, all, batch);
            if (gradients.isPresent()) {
                differentiated = true;
                Map<String, FloatTensor> learned = gradients.get();
                learned.keySet().retainAll(parameters.keySet());
                new GradientCheck(backend, fed, sum, batch).run(all, learned, random);
            }
        }
        assumeTrue(differentiated, "No backend on the test class path differentiates: the plugin torch does.");
    }

    /**
     * A parameter is used where its gradient is more than rounding: above 1e-6 of the largest of the same pass, or of 1, which is about
     * what the outputs themselves have; or, however small, about the same where all parameters are moved by up to 1e-4. What is left
     * over by rounding is another there.
     */
    void everyParameterIsUsed() {
        OutputSum sum = new OutputSum(trainedShapes, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Tensor>> passes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            passes.add(batches.collate(draw(4, random), 0, random));
        }
        boolean differentiated = false;
        for (NetworkBackend backend : backends) {
            passes.forEach(batch -> requireNumbers(backend, backend.run(trained, parameters, batch)));
            List<Map<String, FloatTensor>> gradients = gradients(backend, sum, parameters, passes);
            if (gradients.isEmpty()) {
                continue;
            }
            differentiated = true;
            Set<String> unused = new TreeSet<>(parameters.keySet());
            unused.removeAll(fitted);
            for (Map<String, FloatTensor> pass : gradients) {
                double most = pass.values().stream()
                        .mapToDouble(NetworkChecks::largest)
                        .reduce(1, Math::max);
                unused.removeIf(name -> largest(pass.get(name)) > ROUNDING * most);
            }
            if (!unused.isEmpty()) {
                List<Map<String, FloatTensor>> nearby = gradients(backend, sum, moved(parameters, NEARBY), passes);
                unused.removeIf(name -> isAboutTheSame(name, gradients, nearby));
            }
            if (!unused.isEmpty()) {
                failWith(
                        "never learns the parameters %s: their gradient was 0, or nothing but rounding, for 16 utterances. Use them,"
                                + " leave them out (a softmax does not see a bias that all its scores share), or look for stopGradient"
                                + " and for a rectifier that is always 0.",
                        unused);
            }
        }
        assumeTrue(differentiated, "No backend on the test class path differentiates: the plugin torch does.");
    }

    /** The gradients of each batch; none where the backend does not differentiate. */
    private List<Map<String, FloatTensor>> gradients(
            NetworkBackend backend, OutputSum sum, Map<String, FloatTensor> values, List<Map<String, Tensor>> passes) {
        return passes.stream()
                .map(batch -> gradients(backend, trained, sum, values, batch))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The derivatives by all that is learned, which have to be numbers, in a map of the caller's own. */
    private Optional<Map<String, FloatTensor>> gradients(
            NetworkBackend backend,
            Network which,
            OutputSum sum,
            Map<String, FloatTensor> values,
            Map<String, Tensor> batch) {
        return backend.gradients(which, sum, values, batch, Map.of()).map(all -> {
            Map<String, FloatTensor> learned = new LinkedHashMap<>(all);
            learned.keySet().removeAll(fitted);
            requireSlopes(backend, learned);
            return learned;
        });
    }

    private static boolean isAboutTheSame(
            String name, List<Map<String, FloatTensor>> here, List<Map<String, FloatTensor>> nearby) {
        double size = 0;
        double change = 0;
        for (int pass = 0; pass < here.size(); pass++) {
            float[] own = here.get(pass).get(name).values();
            float[] other = nearby.get(pass).get(name).values();
            for (int i = 0; i < own.length; i++) {
                size = Math.hypot(size, own[i]);
                change = Math.hypot(change, (double) own[i] - other[i]);
            }
        }
        return change < CHANGE * size;
    }

    private static double largest(FloatTensor tensor) {
        double largest = 0;
        for (float value : tensor.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    void theSameInputGivesTheSameBits() {
        for (NetworkBackend backend : backends) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Tensor> batch = batches.collate(draw(3, random), 1, random);
            if (!backend.run(trained, parameters, batch).equals(backend.run(trained, parameters, batch))) {
                failWith("gives other bits the second time on [%s]. It must not draw random numbers.", backend.name());
            }
        }
        if (!NetworkParameters.of(trained, Map.of(), seed).equals(NetworkParameters.of(trained, Map.of(), seed))) {
            failWith(
                    "begins with other parameters the second time. An initialiser draws from elsewhere than its generator.");
        }
    }

    /** Runs a batch of utterances on every backend. */
    List<Map<String, FloatTensor>> run(List<Map<String, Tensor>> utterances, RandomGenerator garbage) {
        List<Map<String, FloatTensor>> outputs = new ArrayList<>();
        backends.forEach(backend -> outputs.add(run(network, backend, utterances, 1, garbage)));
        return outputs;
    }

    List<Map<String, Tensor>> draw(int size, RandomGenerator random) {
        List<Map<String, Tensor>> utterances = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            utterances.add(source.draw(random));
        }
        return utterances;
    }

    Map<String, Shape> shapes() {
        return shapes;
    }

    /** The shapes of the outputs in training. */
    Map<String, Shape> trainedShapes() {
        return trainedShapes;
    }

    /** The values of all parameters. */
    Map<String, FloatTensor> parameters() {
        return parameters;
    }

    private Map<String, FloatTensor> run(
            Network which,
            NetworkBackend backend,
            List<Map<String, Tensor>> utterances,
            int extra,
            RandomGenerator garbage) {
        Map<String, FloatTensor> outputs = backend.run(which, parameters, batches.collate(utterances, extra, garbage));
        requireNumbers(backend, outputs);
        return outputs;
    }

    /** What is no number differs from everything, which would look like another mistake. */
    private void requireNumbers(NetworkBackend backend, Map<String, FloatTensor> outputs) {
        outputs.forEach((name, output) -> {
            for (float value : output.values()) {
                if (!Float.isFinite(value)) {
                    failWith(
                            "gives [%s] the value [%s] on [%s], which is no number. Something is divided by 0, or is the logarithm"
                                    + " or root of what is not above 0: keep it above with maximum.",
                            name, value, backend.name());
                }
            }
        });
    }

    private void requireSlopes(NetworkBackend backend, Map<String, FloatTensor> gradients) {
        gradients.forEach((name, gradient) -> {
            for (float value : gradient.values()) {
                if (!Float.isFinite(value)) {
                    failWith(
                            "gives the gradient of [%s] the value [%s] on [%s], which is no number, though all outputs are. The root of"
                                    + " 0 has no slope, and times 0 it is still none: keep what is below a root or a fraction line above"
                                    + " 0 with maximum, also where a modality or all steps are missing.",
                            name, value, backend.name());
                }
            }
        });
    }

    /** What was thrown, with a full stop. */
    static String sentence(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }

    /** Ends the test with a sentence that begins with the subject. */
    void failWith(String words, Object... values) {
        fail(subject + " " + String.format(Locale.ROOT, words, values));
    }
}

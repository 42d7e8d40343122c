package org.kemo.torch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.kemo.api.KemoException;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Shape;
import org.kemo.api.training.Optimizer;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingRequest;

/** A network in training. Everything native that a call makes is freed when it returns, but for parameters and moments. */
final class TorchTrainer implements Trainer {
    /** Both sides of a matrix whose products are worth several threads. Those of a transformer have 768 and more. */
    private static final int LARGE = 384;

    private final Libtorch libtorch;
    private final Device device;
    private final MatrixPrecision precision;
    private final TrainingRequest request;
    private final Predicate<String> frozen;
    private final TorchParameters parameters;
    private final AdamState optimizer;
    private boolean closed;

    TorchTrainer(Libtorch plain, String device, MatrixPrecision precision, TrainingRequest request) {
        this.precision = precision;
        this.request = request;
        this.frozen = request::isFrozen;
        Map<String, FloatTensor> initial =
                NetworkParameters.of(request.network(), request.objective(), request.initial(), request.seed());
        boolean threaded = device.equals("cpu")
                && precision == MatrixPrecision.FLOAT32
                && initial.values().stream().anyMatch(TorchTrainer::isLarge);
        this.libtorch = threaded ? plain.withThreadedProducts() : plain;
        this.device = libtorch.call(() -> new Device(device).retainReference());
        this.parameters = libtorch.callWithoutGradients(() -> new TorchParameters(initial, frozen, this.device));
        this.optimizer = libtorch.call(() -> new AdamState(
                request.optimizer(),
                parameters.row(name -> Optimizer.decays(name) ? rate(name) : 0),
                parameters.row(this::rate)));
    }

    private static boolean isLarge(FloatTensor parameter) {
        return parameter.rank() == 2 && Math.min(parameter.size(0), parameter.size(1)) >= LARGE;
    }

    private double rate(String name) {
        return request.rates().getOrDefault(name, 1.0);
    }

    @Override
    public double step(
            Map<String, ? extends org.kemo.api.network.Tensor> inputs,
            Map<String, ? extends org.kemo.api.network.Tensor> targets,
            double learningRate) {
        return libtorch.call(() -> {
            DropoutMasks masks = new DropoutMasks(frozen, request.seed(), optimizer.steps());
            TorchOps ops = new TorchOps(parameters, masks, device, precision);
            Map<String, TorchValue> outputs = forward(ops, inputs);
            Tensor loss = request.objective()
                    .loss(ops, outputs, TorchPlacement.place(request.objective().targets(), targets, device))
                    .tensor();
            double value = loss.item_double();
            if (!Double.isFinite(value)) {
                throw KemoException.input(
                        "The loss of step [" + (optimizer.steps() + 1) + "] is [" + value + "]"
                                + firstWithoutNumber(outputs)
                                        .map(name -> ", and the first output with what is no number is [" + name + "].")
                                        .orElse(", though all outputs are numbers."),
                        "Look in the network for a quotient or a logarithm of 0, and in the data for values that are no numbers;"
                                + " where there is none, lower the learning rate, or clip the gradients.");
            }
            Tensor gradient = parameters.gradient(loss);
            double norm = gradient.norm().item_double();
            if (!Double.isFinite(norm)) {
                requireNumbers(gradient, value);
            }
            optimizer.step(parameters.block(), gradient, norm, learningRate);
            return value;
        });
    }

    private static Optional<String> firstWithoutNumber(Map<String, TorchValue> outputs) {
        return outputs.entrySet().stream()
                .filter(output -> !output.getValue().tensor().isfinite().all().item_bool())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The norm of numbers may be none as well, where their squares are too large: clipping then takes them all to 0. */
    private void requireNumbers(Tensor gradient, double loss) {
        parameters.firstWithoutNumber(gradient).ifPresent(name -> {
            throw KemoException.input(
                    "The gradient of the parameter [" + name + "] in step [" + (optimizer.steps() + 1)
                            + "] is no number, though the loss is [" + loss + "].",
                    "Look in the network for a root or a quotient of 0, which have no slope, and keep what is below a root or a"
                            + " fraction line above 0 with maximum; where there is none, lower the learning rate.");
        });
    }

    @Override
    public Map<String, FloatTensor> evaluate(Map<String, ? extends org.kemo.api.network.Tensor> inputs) {
        return libtorch.callWithoutGradients(
                () -> TorchPlacement.fetch(forward(new TorchOps(parameters, Dropout.NONE, device, precision), inputs)));
    }

    private Map<String, TorchValue> forward(TorchOps ops, Map<String, ? extends org.kemo.api.network.Tensor> inputs) {
        return request.network()
                .forward(ops, TorchPlacement.place(request.network().inputs(), inputs, device));
    }

    @Override
    public Map<String, FloatTensor> parameters() {
        return libtorch.callWithoutGradients(parameters::copy);
    }

    @Override
    public void load(Map<String, FloatTensor> values) {
        libtorch.run(() -> parameters.set(values));
    }

    @Override
    public void save(Path file) {
        libtorch.callWithoutGradients(() -> new Checkpoint(
                        optimizer.steps(),
                        parameters.copy(),
                        parameters.split(optimizer.mean()),
                        parameters.split(optimizer.square())))
                .write(file);
    }

    @Override
    public void restore(Path file) {
        Checkpoint checkpoint = Checkpoint.read(file);
        libtorch.run(() -> {
            if (!shapes(checkpoint.parameters()).equals(parameters.shapes())
                    || !checkpoint.mean().keySet().equals(Set.copyOf(parameters.trained()))) {
                throw KemoException.input(
                        "The checkpoint [" + file + "] belongs to another network, or to other frozen parts of it.",
                        "Restore with the configuration that wrote it, or remove the folder ["
                                + file.toAbsolutePath().getParent() + "] to begin anew.");
            }
            parameters.set(checkpoint.parameters());
            parameters.join(checkpoint.mean(), optimizer.mean());
            parameters.join(checkpoint.square(), optimizer.square());
            optimizer.steps(checkpoint.steps());
        });
    }

    private static Map<String, Shape> shapes(Map<String, FloatTensor> tensors) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, Shape.of(tensor.shape())));
        return shapes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parameters.release();
            optimizer.release();
            device.releaseReference();
        }
    }
}

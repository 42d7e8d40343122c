package org.kemo.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Shape;

/**
 * The parameters of a network on a device. Those that are trained are views of one block, which the optimizer works on as a
 * whole; those that are frozen stand alone and ask for no gradient.
 */
final class TorchParameters {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<String> trained = new ArrayList<>();
    private final Tensor block;

    /**
     * Copies the values to the device. To be called inside a {@code PointerScope}; what is kept takes references.
     *
     * @param values of all parameters
     * @param frozen by scoped name
     */
    TorchParameters(Map<String, FloatTensor> values, Predicate<String> frozen, Device device) {
        int size = 0;
        for (Map.Entry<String, FloatTensor> entry : values.entrySet()) {
            if (!frozen.test(entry.getKey())) {
                trained.add(entry.getKey());
                size += entry.getValue().count();
            }
        }
        block = torch.zeros(size).to(device, torch.ScalarType.Float).retainReference();
        int offset = 0;
        for (Map.Entry<String, FloatTensor> entry : values.entrySet()) {
            Tensor value = HostTensors.toDevice(entry.getValue(), device);
            if (!frozen.test(entry.getKey())) {
                int count = entry.getValue().count();
                Tensor view =
                        block.narrow(0, offset, count).view(value.sizes().vec().get());
                view.copy_(value);
                value = view.detach().requires_grad_(true);
                offset += count;
            }
            tensors.put(entry.getKey(), value.retainReference());
        }
    }

    /**
     * The parameter of that scoped name.
     *
     * @throws IllegalArgumentException where there is none, or one of another shape
     */
    Tensor get(String name, Shape shape) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no parameter [" + name + "]");
        }
        Shape own = shape(tensor);
        if (!own.equals(shape)) {
            throw new IllegalArgumentException("The parameter [" + name + "] has the shape " + own
                    + " and is asked for with " + shape + ". Two parameters need two names.");
        }
        return tensor;
    }

    private static Shape shape(Tensor tensor) {
        return Shape.of(HostTensors.shape(tensor));
    }

    /** The shapes of all parameters, those that are frozen too. */
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, shape(tensor)));
        return shapes;
    }

    /** All parameters that are trained, in one row. */
    Tensor block() {
        return block;
    }

    /** The names of the parameters that are trained, in the order of the block. */
    List<String> trained() {
        return Collections.unmodifiableList(trained);
    }

    /** The derivatives of a scalar by all parameters that are trained, in the order of the block; 0 for those not used. */
    Tensor gradient(Tensor loss) {
        if (!loss.requires_grad()) {
            return torch.zeros_like(block);
        }
        TensorVector leaves =
                new TensorVector(trained.stream().map(tensors::get).toArray(Tensor[]::new));
        TensorVector gradients = torch.grad(
                new TensorVector(loss),
                leaves,
                new TensorVector(),
                new org.bytedeco.pytorch.BoolOptional(),
                false,
                true);
        Tensor[] rows = new Tensor[trained.size()];
        for (int i = 0; i < rows.length; i++) {
            Tensor gradient = gradients.get(i);
            rows[i] = (gradient.defined() ? gradient : torch.zeros_like(leaves.get(i))).reshape(-1);
        }
        return torch.cat(new TensorVector(rows), 0);
    }

    /** A row like {@link #block} that holds one number for all values of a parameter. */
    Tensor row(ToDoubleFunction<String> numbers) {
        Tensor row = torch.zeros_like(block);
        long offset = 0;
        for (String name : trained) {
            long count = tensors.get(name).numel();
            row.narrow(0, offset, count).fill_(new Scalar(numbers.applyAsDouble(name)));
            offset += count;
        }
        return row;
    }

    /** The first parameter for which a row of numbers like {@link #block} holds what is no finite number. */
    Optional<String> firstWithoutNumber(Tensor row) {
        long offset = 0;
        for (String name : trained) {
            long count = tensors.get(name).numel();
            if (!row.narrow(0, offset, count).isfinite().all().item_bool()) {
                return Optional.of(name);
            }
            offset += count;
        }
        return Optional.empty();
    }

    /** Copies of all values, in the order in which they were given. */
    Map<String, FloatTensor> copy() {
        Map<String, FloatTensor> copy = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copy.put(name, HostTensors.toHost(tensor)));
        return copy;
    }

    /** Copies of a row of numbers like {@link #block}, by parameter. */
    Map<String, FloatTensor> split(Tensor row) {
        Map<String, FloatTensor> split = new LinkedHashMap<>();
        long offset = 0;
        for (String name : trained) {
            Tensor like = tensors.get(name);
            split.put(
                    name, HostTensors.toHost(row.narrow(0, offset, like.numel()).view_as(like)));
            offset += like.numel();
        }
        return split;
    }

    /** The reverse of {@link #split}: writes numbers by parameter into a row. */
    void join(Map<String, FloatTensor> numbers, Tensor row) {
        long offset = 0;
        for (String name : trained) {
            Tensor part = HostTensors.toDevice(numbers.get(name), row.device()).reshape(-1);
            row.narrow(0, offset, part.numel()).copy_(part);
            offset += part.numel();
        }
    }

    /** Overwrites the values of some parameters. */
    void set(Map<String, FloatTensor> values) {
        values.forEach((name, value) -> {
            Tensor tensor = get(name, Shape.of(value.shape()));
            tensor.detach().copy_(HostTensors.toDevice(value, tensor.device()));
        });
    }

    /** Frees the memory. */
    void release() {
        tensors.values().forEach(Tensor::releaseReference);
        block.releaseReference();
    }
}

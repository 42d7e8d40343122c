package org.kemo.api.network;

import java.util.Map;
import java.util.Optional;

/**
 * Something that runs networks, found with {@link java.util.ServiceLoader}. Kemo's test kit puts a network on every backend
 * that it finds and compares them. Safe for use by several threads at once.
 */
public interface NetworkBackend {
    /** Its name in messages: {@code torch}, {@code onnx}. */
    String name();

    /**
     * The outputs of a network, outside training.
     *
     * @param parameters a value for each parameter that the network asks for, by its scoped name
     * @param inputs a value for each of the network's inputs, all with the same batch size
     */
    Map<String, FloatTensor> run(
            Network network, Map<String, FloatTensor> parameters, Map<String, ? extends Tensor> inputs);

    /**
     * The value of the objective and its derivative by each parameter, outside training (no dropout).
     *
     * @return empty where this backend does not differentiate
     */
    Optional<Gradients> gradients(
            Network network,
            Objective objective,
            Map<String, FloatTensor> parameters,
            Map<String, ? extends Tensor> inputs,
            Map<String, ? extends Tensor> targets);

    /**
     * A loss and its derivatives.
     *
     * @param loss the value of the objective
     * @param byParameter the derivative by each parameter, of the parameter's shape
     */
    record Gradients(double loss, Map<String, FloatTensor> byParameter) {}
}

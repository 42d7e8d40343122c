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
     * The derivative of the objective by each parameter, of the parameter's shape, outside training (no dropout).
     *
     * @return by scoped name; empty where this backend does not differentiate
     */
    Optional<Map<String, FloatTensor>> gradients(
            Network network,
            Objective objective,
            Map<String, FloatTensor> parameters,
            Map<String, ? extends Tensor> inputs,
            Map<String, ? extends Tensor> targets);
}

package org.kemo.api.network;

import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the outputs of a network from the shapes of its inputs alone, without computing anything. */
public final class NetworkOutputs {
    private NetworkOutputs() {}

    /**
     * The shapes of the outputs, in the network's order.
     *
     * @throws IllegalArgumentException where shapes do not fit
     */
    public static Map<String, Shape> of(Network network) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        network.inputs().forEach(input -> inputs.put(input.name(), input.shape()));
        return network.forward(new ShapeOps(NetworkParameters.noted(new LinkedHashMap<>())), inputs);
    }
}

package org.kemo.api.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the parameters of a network from the shapes of its inputs alone, without computing anything. */
public final class NetworkParameters {
    private NetworkParameters() {}

    /**
     * The shapes of the parameters of a network, in the order in which it asks for them. No value is made.
     *
     * @return by scoped name, in a map of the caller's own
     * @throws IllegalArgumentException where shapes do not fit
     */
    public static Map<String, Shape> shapes(Network network) {
        Map<String, Shape> asked = new LinkedHashMap<>();
        network.forward(new ShapeOps(noted(asked)), shapes(network.inputs()));
        return asked;
    }

    /** Puts the shape of each parameter that is asked for into a map. */
    static ShapeOps.Parameters noted(Map<String, Shape> asked) {
        return (name, shape, initializer) ->
                ParameterValues.requireSame(name, asked.computeIfAbsent(name, any -> shape), shape);
    }

    /**
     * The values that the parameters of a network begin with, in the order in which it asks for them.
     *
     * @param given values of some or all, by scoped name; those that the network does not ask for are left out
     * @param seed for the others
     * @return by scoped name, in a map of the caller's own
     * @throws IllegalArgumentException where shapes do not fit, in the network or between it and a given value
     */
    public static Map<String, FloatTensor> of(Network network, Map<String, FloatTensor> given, long seed) {
        Map<String, FloatTensor> asked = new LinkedHashMap<>();
        network.forward(new ShapeOps(valued(given, seed, asked)), shapes(network.inputs()));
        return asked;
    }

    /** The same for a network with its objective, which may have parameters of its own. */
    public static Map<String, FloatTensor> of(
            Network network, Objective objective, Map<String, FloatTensor> given, long seed) {
        Map<String, FloatTensor> asked = new LinkedHashMap<>();
        Ops<Shape> ops = new ShapeOps(valued(given, seed, asked));
        objective.loss(ops, network.forward(ops, shapes(network.inputs())), shapes(objective.targets()));
        return asked;
    }

    /**
     * Values by the names that parameters have outside of a {@linkplain Ops#scope scope}.
     *
     * @param values by their names within it
     * @return in their order, in a map of the caller's own
     */
    public static Map<String, FloatTensor> scoped(String scope, Map<String, FloatTensor> values) {
        Map<String, FloatTensor> scoped = new LinkedHashMap<>();
        values.forEach((name, value) -> scoped.put(scope + "/" + name, value));
        return scoped;
    }

    private static ShapeOps.Parameters valued(
            Map<String, FloatTensor> given, long seed, Map<String, FloatTensor> asked) {
        ParameterValues values = new ParameterValues(given, seed);
        return (name, shape, initializer) -> asked.put(name, values.get(name, shape, initializer));
    }

    private static Map<String, Shape> shapes(List<Network.Input> inputs) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.name(), input.shape()));
        return shapes;
    }
}

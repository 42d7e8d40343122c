package org.kemo.api.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;

/**
 * What is to be trained, and how.
 *
 * @param network the network
 * @param objective what is made small
 * @param optimizer how a step changes the parameters
 * @param initial values of some or all parameters by scoped name; the others begin by their initialisers and the seed
 * @param frozen scopes whose parameters stay as they are and whose dropout is off, and single parameters that stay, by name:
 *     {@code audio}, {@code fusion/threshold}
 * @param rates factors of the learning rate of some parameters, by name; 1 for the others
 * @param seed for initial values and dropout
 */
public record TrainingRequest(
        Network network,
        Objective objective,
        Optimizer optimizer,
        Map<String, FloatTensor> initial,
        Set<String> frozen,
        Map<String, Double> rates,
        long seed) {
    /** Copies the collections. */
    public TrainingRequest {
        rates = Map.copyOf(rates);
        initial = Collections.unmodifiableMap(new LinkedHashMap<>(initial));
        frozen = Set.copyOf(frozen);
    }

    /** A request in which all parameters are trained at the same rate. */
    public TrainingRequest(
            Network network,
            Objective objective,
            Optimizer optimizer,
            Map<String, FloatTensor> initial,
            Set<String> frozen,
            long seed) {
        this(network, objective, optimizer, initial, frozen, Map.of(), seed);
    }

    /**
     * Whether a parameter or a scope stays as it is: it is named in {@link #frozen}, or stands in a scope that is.
     *
     * @param name scoped: {@code audio/encoder/out/weight}, {@code audio/encoder/}
     */
    public boolean isFrozen(String name) {
        return frozen.stream().anyMatch(each -> name.equals(each) || name.startsWith(each + "/"));
    }
}

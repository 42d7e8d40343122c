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
 * @param frozenScopes the outermost scopes whose parameters stay as they are and whose dropout is off
 * @param seed for initial values and dropout
 */
public record TrainingRequest(
        Network network,
        Objective objective,
        Optimizer optimizer,
        Map<String, FloatTensor> initial,
        Set<String> frozenScopes,
        long seed) {
    /** Copies the collections. */
    public TrainingRequest {
        initial = Collections.unmodifiableMap(new LinkedHashMap<>(initial));
        frozenScopes = Set.copyOf(frozenScopes);
    }
}

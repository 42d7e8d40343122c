package org.kemo.api.testkit;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Tensor;

/** The backends on the test class path. */
final class NetworkBackends {
    private NetworkBackends() {}

    static List<NetworkBackend> all() {
        return ServiceLoader.load(NetworkBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * What the first backend says of an example.
     *
     * @param scope of the parameters in the network
     * @param given values of parameters, by their names within the scope; the others begin as in training with seed 1
     * @throws IllegalArgumentException where one is given that the network does not ask for
     */
    static Map<String, FloatTensor> answer(
            Network network, String scope, Map<String, FloatTensor> given, List<Map<String, Tensor>> utterances) {
        Map<String, FloatTensor> scoped = NetworkParameters.scoped(scope, given);
        Map<String, FloatTensor> parameters = NetworkParameters.of(network, scoped, 1);
        Set<String> unknown = new TreeSet<>(scoped.keySet());
        unknown.removeAll(parameters.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There are no parameters " + unscoped(scope, unknown) + ", but "
                    + unscoped(scope, parameters.keySet()) + ". Give values of these, by these names.");
        }
        Map<String, Tensor> batch = new Batches(network.inputs()).collate(utterances, 0, new SplittableRandom(1));
        return all().get(0).run(network, parameters, batch);
    }

    private static List<String> unscoped(String scope, Set<String> names) {
        return names.stream().map(name -> name.substring(scope.length() + 1)).toList();
    }
}

package org.kemo.api.testkit;

import java.util.List;
import java.util.ServiceLoader;
import org.kemo.api.network.NetworkBackend;

/** The backends on the test class path. */
final class NetworkBackends {
    private NetworkBackends() {}

    static List<NetworkBackend> all() {
        return ServiceLoader.load(NetworkBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}

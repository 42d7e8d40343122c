package org.kemo.runtime.session;

import java.util.Map;
import java.util.function.BiConsumer;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.SessionLease;

/** Runs a model; a test loads it by a class loader of its own, as a plugin is. */
public final class PluginLikeCaller implements BiConsumer<SessionLease, Map<String, FloatTensor>> {
    /** For reflection. */
    public PluginLikeCaller() {}

    @Override
    public void accept(SessionLease lease, Map<String, FloatTensor> inputs) {
        if (lease.run(inputs).isEmpty()) {
            throw new IllegalStateException("There is no output");
        }
    }
}

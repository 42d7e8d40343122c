package org.kemo.runtime.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;
import org.kemo.api.service.SessionLease;

/** A lease of one user on a session that others lease, too. */
final class Lease implements SessionLease {
    private final DeviceSessions sessions;
    private final DeviceSessions.Held held;
    private final PooledSession session;
    private final Duration deadline;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    Lease(DeviceSessions sessions, DeviceSessions.Held held, Duration deadline) {
        this.sessions = sessions;
        this.held = held;
        this.session = held.session();
        this.deadline = deadline;
    }

    @Override
    public List<Network.Input> inputs() {
        return session.signature().inputs();
    }

    @Override
    public List<String> outputs() {
        return session.signature().outputs();
    }

    @Override
    public String device() {
        return session.device().name();
    }

    @Override
    public Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs) {
        return run(inputs, deadline);
    }

    @Override
    public Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs, Duration within) {
        if (givenBack.get()) {
            throw new IllegalStateException(
                    "The lease on the model [" + session.signature().model() + "] was given back");
        }
        return session.run(inputs, within);
    }

    @Override
    public void close() {
        if (!givenBack.getAndSet(true)) {
            sessions.giveBack(held);
        }
    }
}

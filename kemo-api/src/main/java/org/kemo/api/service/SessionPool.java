package org.kemo.api.service;

/**
 * The sessions of ONNX Runtime that all of Kemo shares: one for each model, device and options. Safe for use by several
 * threads at once.
 */
public interface SessionPool {
    /**
     * A lease on the session of a model, which is opened where it is not yet. Close it when it is no longer needed; the session
     * itself may stay for the next lease.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where the model cannot be read; category DEVICE, where no device of
     *     those configured has room
     */
    SessionLease lease(SessionRequest request);
}

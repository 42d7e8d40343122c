package org.kemo.api.network;

import java.util.List;
import java.util.Map;

/** What training makes small: a number computed from a network's outputs and from targets, written over {@link Ops}. */
public interface Objective {
    /** The targets that it reads, with the batch as their first axis. */
    List<Network.Input> targets();

    /**
     * The loss of a batch.
     *
     * @param outputs what the network gave
     * @param targets a value for each of {@link #targets}
     * @return a scalar
     */
    <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets);
}

package org.kemo.api.network;

import java.util.List;
import java.util.Map;

/**
 * A computation from named inputs to named outputs, written once over {@link Ops}. Its axis 0 is the batch everywhere, and
 * the answer for one utterance does not depend on the others. Immutable; {@code forward} may be called at any time, from any
 * thread.
 */
public interface Network {
    /**
     * One input.
     *
     * @param name unique in the network
     * @param type the type of its values
     * @param shape its axes, with {@link Dimension#BATCH} first
     */
    record Input(String name, ElementType type, Shape shape) {}

    /** The inputs, in a fixed order. */
    List<Input> inputs();

    /**
     * Builds the computation.
     *
     * @param ops the backend
     * @param inputs a value for each of {@link #inputs}
     * @return the outputs in a fixed order
     */
    <T> Map<String, T> forward(Ops<T> ops, Map<String, T> inputs);
}

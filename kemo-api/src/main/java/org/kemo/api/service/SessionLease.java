package org.kemo.api.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/** The right to run a model of the {@link SessionPool}. Safe for use by several threads at once. */
public interface SessionLease extends AutoCloseable {
    /** The inputs of the model as the file declares them. */
    List<Network.Input> inputs();

    /** The names of the outputs. */
    List<String> outputs();

    /** The device that it runs on: {@code cpu}, {@code cuda:0}. */
    String device();

    /**
     * Runs the model within the deadline that is configured.
     *
     * @see #run(Map, Duration)
     */
    Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs);

    /**
     * Runs the model. Waits for a permit where others run it; interrupting the thread ends the wait or the run.
     *
     * @param inputs a value for each input
     * @param deadline the longest time to wait and run
     * @return all outputs of type float, in the order of the model
     * @throws org.kemo.api.KemoException category DEVICE: the queue is full, the deadline has passed, the run was cancelled or
     *     the device ran out of memory; category INPUT, where an input has another name, type or shape than the model asks for, and on
     *     the CPU where a number is beyond the table that it is looked up in: a CUDA device does not notice, so look before
     */
    Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs, Duration deadline);

    /** Gives the lease back; safe to call twice. */
    @Override
    void close();
}

package org.kemo.api.training;

import java.nio.file.Path;
import java.util.Map;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Tensor;

/**
 * One network in training: parameters and the state of the optimizer. Belongs to one thread at a time; holds native memory
 * until it is closed. The same request and the same steps give the same bits on the same machine, whatever else runs.
 */
public interface Trainer extends AutoCloseable {
    /**
     * One step of the optimizer.
     *
     * @param inputs a value for each input of the network
     * @param targets a value for each target of the objective
     * @param learningRate of this step
     * @return the loss before the step
     * @throws org.kemo.api.KemoException category INPUT, where the loss is not a finite number
     */
    double step(Map<String, ? extends Tensor> inputs, Map<String, ? extends Tensor> targets, double learningRate);

    /** The outputs of the network as it stands, without dropout. */
    Map<String, FloatTensor> evaluate(Map<String, ? extends Tensor> inputs);

    /** The values of all parameters by scoped name, trainable and frozen, in a fixed order. A copy. */
    Map<String, FloatTensor> parameters();

    /** Replaces the values of the parameters named; the optimizer's state stays. */
    void load(Map<String, FloatTensor> parameters);

    /** Writes parameters, the optimizer's state and the number of steps taken to a file. */
    void save(Path file);

    /** Goes back to what {@link #save} wrote: training goes on from there with the same bits. */
    void restore(Path file);

    @Override
    void close();
}

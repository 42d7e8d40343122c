package org.kemo.api.training;

/** Something that trains networks. Safe for use by several threads at once; each {@link Trainer} belongs to one. */
public interface TrainingEngine {
    /**
     * Prepares a network for training.
     *
     * @throws org.kemo.api.KemoException category DEVICE, where the engine cannot work on this machine
     */
    Trainer open(TrainingRequest request);
}

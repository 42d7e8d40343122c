package org.kemo.torch;

import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingRequest;

/** Trains on one device of libtorch. */
final class TorchEngine implements TrainingEngine {
    private final Libtorch libtorch;
    private final String device;

    TorchEngine(Libtorch libtorch, String device) {
        this.libtorch = libtorch;
        this.device = device;
    }

    @Override
    public Trainer open(TrainingRequest request) {
        return new TorchTrainer(libtorch, device, request);
    }
}

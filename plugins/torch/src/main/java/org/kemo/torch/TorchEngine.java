package org.kemo.torch;

import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingRequest;

/** Trains on one device of libtorch. */
final class TorchEngine implements TrainingEngine {
    private final Libtorch libtorch;
    private final String device;
    private final MatrixPrecision precision;

    TorchEngine(Libtorch libtorch, String device, MatrixPrecision precision) {
        this.libtorch = libtorch;
        this.device = device;
        this.precision = precision;
    }

    @Override
    public Trainer open(TrainingRequest request) {
        return new TorchTrainer(libtorch, device, precision, request);
    }
}

package org.kemo.torch;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.Objective;

/** Libtorch as the test kit sees it: one run or one derivative at a time, on one thread of the CPU. */
public final class TorchBackend implements NetworkBackend {
    private final Libtorch libtorch = new Libtorch(1);

    /** For {@link java.util.ServiceLoader}. */
    public TorchBackend() {}

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public Map<String, FloatTensor> run(
            Network network,
            Map<String, FloatTensor> parameters,
            Map<String, ? extends org.kemo.api.network.Tensor> inputs) {
        return libtorch.callWithoutGradients(() -> {
            Device device = new Device("cpu");
            TorchParameters values = new TorchParameters(parameters, name -> true, device);
            try {
                return TorchPlacement.fetch(forward(network, values, inputs, device));
            } finally {
                values.release();
            }
        });
    }

    @Override
    public Optional<Map<String, FloatTensor>> gradients(
            Network network,
            Objective objective,
            Map<String, FloatTensor> parameters,
            Map<String, ? extends org.kemo.api.network.Tensor> inputs,
            Map<String, ? extends org.kemo.api.network.Tensor> targets) {
        return Optional.of(libtorch.call(() -> {
            Device device = new Device("cpu");
            TorchParameters values = new TorchParameters(parameters, name -> false, device);
            try {
                Tensor loss = objective
                        .loss(
                                new TorchOps(values, Dropout.NONE, device, MatrixPrecision.FLOAT32),
                                forward(network, values, inputs, device),
                                TorchPlacement.place(objective.targets(), targets, device))
                        .tensor();
                return values.split(values.gradient(loss));
            } finally {
                values.release();
            }
        }));
    }

    private static Map<String, TorchValue> forward(
            Network network,
            TorchParameters parameters,
            Map<String, ? extends org.kemo.api.network.Tensor> inputs,
            Device device) {
        return network.forward(
                new TorchOps(parameters, Dropout.NONE, device, MatrixPrecision.FLOAT32),
                TorchPlacement.place(network.inputs(), inputs, device));
    }
}

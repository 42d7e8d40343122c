package org.kemo.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Tensor;

/** Brings what is given to a network to the device, and its outputs back. */
final class TorchPlacement {
    private TorchPlacement() {}

    static Map<String, TorchValue> place(
            List<Network.Input> declared, Map<String, ? extends Tensor> given, Device device) {
        Map<String, TorchValue> placed = new LinkedHashMap<>();
        for (Network.Input input : declared) {
            Tensor tensor = given.get(input.name());
            if (tensor == null) {
                throw new IllegalArgumentException("There is no value for [" + input.name() + "]");
            }
            if (tensor.type() != input.type() || !input.shape().fits(tensor.shape())) {
                throw new IllegalArgumentException("The value for [" + input.name() + "] is " + tensor + ", not "
                        + input.type() + " " + input.shape());
            }
            placed.put(input.name(), new TorchValue(HostTensors.toDevice(tensor, device), input.type(), input.shape()));
        }
        return placed;
    }

    static Map<String, FloatTensor> fetch(Map<String, TorchValue> outputs) {
        Map<String, FloatTensor> fetched = new LinkedHashMap<>();
        outputs.forEach((name, value) -> fetched.put(name, HostTensors.toHost(value.tensor())));
        return fetched;
    }
}

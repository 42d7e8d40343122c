package org.kemo.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;

/** Copies tensors between the heap and a device. */
final class HostTensors {
    private HostTensors() {}

    static Tensor toDevice(org.kemo.api.network.Tensor tensor, Device device) {
        if (tensor instanceof FloatTensor floats) {
            return toDevice(floats, device);
        }
        LongTensor ids = (LongTensor) tensor;
        Tensor copy = torch.empty(sizes(ids.shape()), new TensorOptions(torch.ScalarType.Long), null);
        copy.data_ptr_long().put(ids.values());
        return copy.to(device, torch.ScalarType.Long);
    }

    static Tensor toDevice(FloatTensor tensor, Device device) {
        Tensor copy = torch.empty(sizes(tensor.shape()));
        copy.data_ptr_float().put(tensor.values());
        return copy.to(device, torch.ScalarType.Float);
    }

    static FloatTensor toHost(Tensor tensor) {
        FloatTensor copy = FloatTensor.zeros(shape(tensor));
        // The memory of a view is not in the order of its values, and that of a device is not ours.
        tensor.detach().cpu().contiguous().data_ptr_float().get(copy.values());
        return copy;
    }

    /** The sizes of the axes. */
    static int[] shape(Tensor tensor) {
        int[] shape = new int[Math.toIntExact(tensor.dim())];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.toIntExact(tensor.size(axis));
        }
        return shape;
    }

    private static long[] sizes(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }
}

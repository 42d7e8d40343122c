package org.kemo.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.network.LstmParameters;

/**
 * One direction of an LSTM over a padded batch. Packed sequences would take up to fifty times as long to train on a CPU, so
 * padding is computed and then masked: it follows the real steps and cannot reach them. The backward direction turns each
 * sequence round by its own length first, and its output after.
 */
final class TorchLstm {
    private TorchLstm() {}

    /**
     * Runs it.
     *
     * @param x [N, L, width]
     * @param mask [N, L]
     * @return [N, L, hidden]
     */
    static Tensor run(Tensor x, Tensor mask, LstmParameters<TorchValue> parameters, int hidden, boolean backward) {
        long batch = x.size(0);
        // Torch keeps weights as [4 hidden, width] and has two biases. Transposes are views.
        Tensor bias = parameters.bias().tensor();
        TensorVector weights = new TensorVector(
                parameters.input().tensor().t(),
                parameters.hidden().tensor().t(),
                bias,
                torch.zeros_like(bias.detach()));
        Tensor zero = torch.zeros(new long[] {1, batch, hidden}, x.options());
        // Time is the outermost axis inside: the layout in which a step is one block.
        Tensor steps = x.transpose(0, 1).contiguous();
        Tensor order = backward ? reversal(mask) : null;
        if (backward) {
            steps = reorder(steps, order);
        }
        Tensor output = torch.lstm(steps, new TensorVector(zero, zero), weights, true, 1, 0.0, true, false, false)
                .get0();
        if (backward) {
            output = reorder(output, order);
        }
        return output.transpose(0, 1).multiply(mask.unsqueeze(-1));
    }

    /** The rows of [L N, ..] in the order that turns each sequence round and leaves padding where it is. */
    private static Tensor reversal(Tensor mask) {
        long batch = mask.size(0);
        long length = mask.size(1);
        Tensor lengths = mask.detach().sum(1).to(torch.ScalarType.Long).unsqueeze(0);
        Tensor time = torch.arange(new Scalar(length), lengths.options()).unsqueeze(1);
        Tensor source = torch.where(time.lt(lengths), lengths.sub(time).sub(new Scalar(1)), time);
        Tensor rows = source.mul(new Scalar(batch)).add(torch.arange(new Scalar(batch), lengths.options()));
        return rows.reshape(length * batch);
    }

    private static Tensor reorder(Tensor steps, Tensor order) {
        long width = steps.size(2);
        Tensor rows = steps.reshape(order.size(0), width);
        return torch.index_select(rows, 0, order).reshape(steps.size(0), steps.size(1), width);
    }
}

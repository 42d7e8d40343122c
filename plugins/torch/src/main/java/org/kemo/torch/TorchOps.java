package org.kemo.torch;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.KemoException;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LstmParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** The operations, computed at once by libtorch and recorded by it where gradients are wanted. */
final class TorchOps implements Ops<TorchValue> {
    private final TorchParameters parameters;
    private final Dropout dropout;
    private final Device device;
    private final MatrixPrecision precision;
    private final String prefix;

    /**
     * Begins at the outermost scope.
     *
     * @param parameters where they come from
     * @param dropout what dropout does in this run
     * @param device where constants go
     * @param precision of matrix products; convolutions and LSTMs are float32
     */
    TorchOps(TorchParameters parameters, Dropout dropout, Device device, MatrixPrecision precision) {
        this(parameters, dropout, device, precision, "");
    }

    private TorchOps(
            TorchParameters parameters, Dropout dropout, Device device, MatrixPrecision precision, String prefix) {
        this.parameters = parameters;
        this.dropout = dropout;
        this.device = device;
        this.precision = precision;
        this.prefix = prefix;
    }

    @Override
    public Shape shape(TorchValue x) {
        return x.shape();
    }

    @Override
    public TorchValue parameter(String name, Shape shape, Initializer initializer) {
        return new TorchValue(parameters.get(prefix + name, shape), ElementType.FLOAT, shape);
    }

    @Override
    public TorchValue constant(FloatTensor value) {
        return new TorchValue(HostTensors.toDevice(value, device), ElementType.FLOAT, Shape.of(value.shape()));
    }

    @Override
    public Ops<TorchValue> scope(String scope) {
        return new TorchOps(parameters, dropout, device, precision, prefix + scope + "/");
    }

    @Override
    public TorchValue add(TorchValue a, TorchValue b) {
        return floats("add", Shape.broadcast(a.shape(), b.shape()), a, b, Tensor::add);
    }

    @Override
    public TorchValue subtract(TorchValue a, TorchValue b) {
        return floats("subtract", Shape.broadcast(a.shape(), b.shape()), a, b, Tensor::sub);
    }

    @Override
    public TorchValue multiply(TorchValue a, TorchValue b) {
        return floats("multiply", Shape.broadcast(a.shape(), b.shape()), a, b, Tensor::mul);
    }

    @Override
    public TorchValue divide(TorchValue a, TorchValue b) {
        return floats("divide", Shape.broadcast(a.shape(), b.shape()), a, b, Tensor::div);
    }

    @Override
    public TorchValue maximum(TorchValue a, TorchValue b) {
        return floats("maximum", Shape.broadcast(a.shape(), b.shape()), a, b, Tensor::maximum);
    }

    @Override
    public TorchValue exp(TorchValue x) {
        return floats("exp", x.shape(), x, Tensor::exp);
    }

    @Override
    public TorchValue log(TorchValue x) {
        return floats("log", x.shape(), x, Tensor::log);
    }

    @Override
    public TorchValue sqrt(TorchValue x) {
        return floats("sqrt", x.shape(), x, Tensor::sqrt);
    }

    @Override
    public TorchValue sigmoid(TorchValue x) {
        return floats("sigmoid", x.shape(), x, Tensor::sigmoid);
    }

    @Override
    public TorchValue tanh(TorchValue x) {
        return floats("tanh", x.shape(), x, Tensor::tanh);
    }

    @Override
    public TorchValue relu(TorchValue x) {
        return floats("relu", x.shape(), x, Tensor::relu);
    }

    @Override
    public TorchValue erf(TorchValue x) {
        return floats("erf", x.shape(), x, Tensor::erf);
    }

    @Override
    public TorchValue softmax(TorchValue x, int axis) {
        int front = x.shape().axis(axis);
        return floats("softmax", x.shape(), x, tensor -> tensor.softmax(front));
    }

    @Override
    public TorchValue sum(TorchValue x, int axis) {
        long[] front = {x.shape().axis(axis)};
        return floats("sum", x.shape().drop(axis), x, tensor -> tensor.sum(front, false, new ScalarTypeOptional()));
    }

    @Override
    public TorchValue cumulativeSum(TorchValue x, int axis) {
        int front = x.shape().axis(axis);
        return floats("cumulativeSum", x.shape(), x, tensor -> tensor.cumsum(front));
    }

    @Override
    public TorchValue max(TorchValue x, int axis) {
        long[] front = {x.shape().axis(axis)};
        return floats("max", x.shape().drop(axis), x, tensor -> tensor.amax(front, false));
    }

    @Override
    public TorchValue matmul(TorchValue a, TorchValue b) {
        return floats("matmul", Shape.matmul(a.shape(), b.shape()), a, b, precision::product);
    }

    @Override
    public TorchValue convolution(TorchValue x, TorchValue weight, int dilation, boolean causal) {
        Shape shape = Shape.convolution(x.shape(), weight.shape(), dilation);
        int taps = weight.shape().size(0);
        long reach = (long) dilation * (taps - 1);
        long before = causal ? reach : dilation * ((taps - 1L) / 2);
        // All taps of a step side by side, and one matrix product: on a CPU as fast as torch's own, and the same bits
        // in every run.
        return floats("convolution", shape, x, weight, (steps, kernel) -> {
            long length = steps.size(1);
            Tensor padded = torch.constant_pad_nd(steps, new long[] {0, 0, before, reach - before}, new Scalar(0));
            Tensor[] seen = new Tensor[taps];
            for (int tap = 0; tap < taps; tap++) {
                seen[tap] = padded.narrow(1, (long) tap * dilation, length);
            }
            return torch.cat(new TensorVector(seen), 2)
                    .matmul(kernel.reshape(-1, weight.shape().size(2)));
        });
    }

    @Override
    public TorchValue concat(int axis, List<TorchValue> values) {
        Shape shape = Shape.concat(axis, values.stream().map(TorchValue::shape).toList());
        ElementType type = values.get(0).type();
        values.forEach(value -> requireType(type, "concat", value));
        TensorVector tensors =
                new TensorVector(values.stream().map(TorchValue::tensor).toArray(Tensor[]::new));
        return new TorchValue(torch.cat(tensors, shape.axis(axis)), type, shape);
    }

    @Override
    public TorchValue slice(TorchValue x, int axis, int from, int to) {
        Shape shape = x.shape().slice(axis, from, to);
        return new TorchValue(x.tensor().narrow(shape.axis(axis), from, to - from), x.type(), shape);
    }

    @Override
    public TorchValue expand(TorchValue x, int axis) {
        Shape shape = x.shape().expand(axis);
        return new TorchValue(x.tensor().unsqueeze(axis), x.type(), shape);
    }

    @Override
    public TorchValue transpose(TorchValue x, int a, int b) {
        Shape shape = x.shape().transpose(a, b);
        return new TorchValue(x.tensor().transpose(a, b), x.type(), shape);
    }

    @Override
    public TorchValue split(TorchValue x, int parts) {
        Shape shape = x.shape().split(parts);
        return new TorchValue(x.tensor().unflatten(-1, parts, shape.size(-1)), x.type(), shape);
    }

    @Override
    public TorchValue merge(TorchValue x) {
        Shape shape = x.shape().merge();
        return new TorchValue(x.tensor().flatten(-2, -1), x.type(), shape);
    }

    @Override
    public TorchValue gather(TorchValue table, TorchValue ids) {
        Shape shape = Shape.gather(table.shape(), ids.shape());
        requireType(ElementType.LONG, "gather", ids);
        requireRows(ids.tensor(), table.tensor().size(0));
        return floats("gather", shape, table, rows -> torch.embedding(rows, ids.tensor()));
    }

    @Override
    public TorchValue ids(TorchValue x) {
        requireType(ElementType.FLOAT, "ids", x);
        return new TorchValue(x.tensor().to(torch.ScalarType.Long), ElementType.LONG, x.shape());
    }

    @Override
    public TorchValue lstm(String name, TorchValue x, TorchValue mask, int hidden, boolean backward) {
        Shape shape = Shape.lstm(x.shape(), mask.shape(), hidden);
        LstmParameters<TorchValue> own = LstmParameters.of(this, name, x.shape().size(-1), hidden);
        return floats("lstm", shape, x, mask, (steps, real) -> TorchLstm.run(steps, real, own, hidden, backward));
    }

    /** Torch's own, which passes over the numbers once. */
    @Override
    public TorchValue gelu(TorchValue x) {
        return floats("gelu", x.shape(), x, torch::gelu);
    }

    /** Likewise. */
    @Override
    public TorchValue layerNorm(String name, TorchValue x, double epsilon) {
        Shape width = Shape.of(x.shape().size(-1));
        Tensor scale =
                parameter(name + "/scale", width, Initializer.constant(1)).tensor();
        Tensor shift =
                parameter(name + "/shift", width, Initializer.constant(0)).tensor();
        return floats(
                "layerNorm",
                x.shape(),
                x,
                tensor -> torch.layer_norm(
                        tensor,
                        new long[] {width.size(0)},
                        new TensorOptional(scale),
                        new TensorOptional(shift),
                        epsilon,
                        false));
    }

    @Override
    public TorchValue dropout(TorchValue x, double rate) {
        return floats("dropout", x.shape().dropout(rate), x, tensor -> dropout.apply(prefix, tensor, rate));
    }

    @Override
    public TorchValue stopGradient(TorchValue x) {
        return new TorchValue(x.tensor().detach(), x.type(), x.shape());
    }

    private static TorchValue floats(String name, Shape shape, TorchValue x, UnaryOperator<Tensor> operation) {
        requireType(ElementType.FLOAT, name, x);
        return new TorchValue(operation.apply(x.tensor()), ElementType.FLOAT, shape);
    }

    private static TorchValue floats(
            String name, Shape shape, TorchValue a, TorchValue b, BinaryOperator<Tensor> operation) {
        requireType(ElementType.FLOAT, name, b);
        return floats(name, shape, a, tensor -> operation.apply(tensor, b.tensor()));
    }

    /** Libtorch says neither which id it was nor how many rows there are, and leaves a GPU that no later call can use. */
    private static void requireRows(Tensor ids, long rows) {
        Tensor outside = ids.lt(new Scalar(0)).logical_or(ids.ge(new Scalar(rows)));
        if (outside.any().item_bool()) {
            throw KemoException.plugin(
                    "The id [" + ids.masked_select(outside).select(0, 0).item_long() + "] is no row of a table of ["
                            + rows + "] rows.",
                    "Correct the encoder: it gives ids of 0 and above, below the number of rows.");
        }
    }

    private static void requireType(ElementType type, String name, TorchValue value) {
        if (value.type() != type) {
            throw new IllegalArgumentException(
                    "The operation [" + name + "] needs values of type " + type + ", not " + value.type());
        }
    }
}

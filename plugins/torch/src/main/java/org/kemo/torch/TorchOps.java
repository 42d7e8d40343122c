package org.kemo.torch;

import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LstmParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/** The operations, computed at once by libtorch and recorded by it where gradients are wanted. */
final class TorchOps implements Ops<TorchValue> {
    private final ParameterSource parameters;
    private final Dropout dropout;
    private final Device device;
    private final String prefix;

    /**
     * Begins at the outermost scope.
     *
     * @param parameters where they come from
     * @param dropout what dropout does in this run
     * @param device where constants go
     */
    TorchOps(ParameterSource parameters, Dropout dropout, Device device) {
        this(parameters, dropout, device, "");
    }

    private TorchOps(ParameterSource parameters, Dropout dropout, Device device, String prefix) {
        this.parameters = parameters;
        this.dropout = dropout;
        this.device = device;
        this.prefix = prefix;
    }

    @Override
    public Shape shape(TorchValue x) {
        return x.shape();
    }

    @Override
    public TorchValue parameter(String name, Shape shape, Initializer initializer) {
        return new TorchValue(parameters.get(prefix + name, shape, initializer), shape);
    }

    @Override
    public TorchValue constant(FloatTensor value) {
        return new TorchValue(HostTensors.toDevice(value, device), Shape.of(value.shape()));
    }

    @Override
    public Ops<TorchValue> scope(String scope) {
        return new TorchOps(parameters, dropout, device, prefix + scope + "/");
    }

    @Override
    public TorchValue add(TorchValue a, TorchValue b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return new TorchValue(a.tensor().add(b.tensor()), shape);
    }

    @Override
    public TorchValue subtract(TorchValue a, TorchValue b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return new TorchValue(a.tensor().sub(b.tensor()), shape);
    }

    @Override
    public TorchValue multiply(TorchValue a, TorchValue b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return new TorchValue(a.tensor().mul(b.tensor()), shape);
    }

    @Override
    public TorchValue divide(TorchValue a, TorchValue b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return new TorchValue(a.tensor().div(b.tensor()), shape);
    }

    @Override
    public TorchValue maximum(TorchValue a, TorchValue b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return new TorchValue(torch.maximum(a.tensor(), b.tensor()), shape);
    }

    @Override
    public TorchValue exp(TorchValue x) {
        return new TorchValue(x.tensor().exp(), x.shape());
    }

    @Override
    public TorchValue log(TorchValue x) {
        return new TorchValue(x.tensor().log(), x.shape());
    }

    @Override
    public TorchValue sqrt(TorchValue x) {
        return new TorchValue(x.tensor().sqrt(), x.shape());
    }

    @Override
    public TorchValue sigmoid(TorchValue x) {
        return new TorchValue(x.tensor().sigmoid(), x.shape());
    }

    @Override
    public TorchValue tanh(TorchValue x) {
        return new TorchValue(x.tensor().tanh(), x.shape());
    }

    @Override
    public TorchValue relu(TorchValue x) {
        return new TorchValue(x.tensor().relu(), x.shape());
    }

    @Override
    public TorchValue softmax(TorchValue x, int axis) {
        int front = x.shape().axis(axis);
        return new TorchValue(x.tensor().softmax(front), x.shape());
    }

    @Override
    public TorchValue sum(TorchValue x, int axis) {
        Shape shape = x.shape().drop(axis);
        Tensor sum = x.tensor().sum(new long[] {x.shape().axis(axis)}, false, new ScalarTypeOptional());
        return new TorchValue(sum, shape);
    }

    @Override
    public TorchValue max(TorchValue x, int axis) {
        Shape shape = x.shape().drop(axis);
        return new TorchValue(x.tensor().amax(new long[] {x.shape().axis(axis)}, false), shape);
    }

    @Override
    public TorchValue matmul(TorchValue a, TorchValue b) {
        Shape shape = Shape.matmul(a.shape(), b.shape());
        return new TorchValue(a.tensor().matmul(b.tensor()), shape);
    }

    @Override
    public TorchValue concat(int axis, List<TorchValue> values) {
        Shape shape = Shape.concat(axis, values.stream().map(TorchValue::shape).toList());
        TensorVector tensors =
                new TensorVector(values.stream().map(TorchValue::tensor).toArray(Tensor[]::new));
        return new TorchValue(torch.cat(tensors, shape.axis(axis)), shape);
    }

    @Override
    public TorchValue slice(TorchValue x, int axis, int from, int to) {
        Shape shape = x.shape().slice(axis, from, to);
        return new TorchValue(x.tensor().narrow(shape.axis(axis), from, to - from), shape);
    }

    @Override
    public TorchValue expand(TorchValue x, int axis) {
        Shape shape = x.shape().expand(axis);
        return new TorchValue(x.tensor().unsqueeze(axis), shape);
    }

    @Override
    public TorchValue transpose(TorchValue x, int a, int b) {
        Shape shape = x.shape().transpose(a, b);
        return new TorchValue(x.tensor().transpose(a, b), shape);
    }

    @Override
    public TorchValue gather(TorchValue table, TorchValue ids) {
        Shape shape = Shape.gather(table.shape(), ids.shape());
        return new TorchValue(torch.embedding(table.tensor(), ids.tensor()), shape);
    }

    @Override
    public TorchValue lstm(String name, TorchValue x, TorchValue mask, int hidden, boolean backward) {
        Shape shape = Shape.lstm(x.shape(), mask.shape(), hidden);
        LstmParameters<TorchValue> own = LstmParameters.of(this, name, x.shape().size(-1), hidden);
        return new TorchValue(TorchLstm.run(x.tensor(), mask.tensor(), own, hidden, backward), shape);
    }

    @Override
    public TorchValue dropout(TorchValue x, double rate) {
        return new TorchValue(dropout.apply(prefix, x.tensor(), rate), x.shape());
    }

    @Override
    public TorchValue stopGradient(TorchValue x) {
        return new TorchValue(x.tensor().detach(), x.shape());
    }
}

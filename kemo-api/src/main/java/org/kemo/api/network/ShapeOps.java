package org.kemo.api.network;

import java.util.List;

/**
 * The backend without numbers: a value is its shape. It finds the parameters of a network, and its mistakes, before anything
 * is computed.
 */
final class ShapeOps implements Ops<Shape> {
    private final Parameters parameters;
    private final String prefix;

    /** Hears of each parameter when it is asked for. */
    @FunctionalInterface
    interface Parameters {
        /**
         * A parameter is asked for.
         *
         * @param name with its scope
         * @throws IllegalArgumentException where another shape stands under that name
         */
        void ask(String name, Shape shape, Initializer initializer);
    }

    /** Begins at the outermost scope. */
    ShapeOps(Parameters parameters) {
        this(parameters, "");
    }

    private ShapeOps(Parameters parameters, String prefix) {
        this.parameters = parameters;
        this.prefix = prefix;
    }

    @Override
    public Shape shape(Shape x) {
        return x;
    }

    @Override
    public Shape parameter(String name, Shape shape, Initializer initializer) {
        parameters.ask(prefix + name, shape, initializer);
        return shape;
    }

    @Override
    public Shape constant(FloatTensor value) {
        return Shape.of(value.shape());
    }

    @Override
    public Ops<Shape> scope(String scope) {
        return new ShapeOps(parameters, prefix + scope + "/");
    }

    @Override
    public Shape add(Shape a, Shape b) {
        return Shape.broadcast(a, b);
    }

    @Override
    public Shape subtract(Shape a, Shape b) {
        return Shape.broadcast(a, b);
    }

    @Override
    public Shape multiply(Shape a, Shape b) {
        return Shape.broadcast(a, b);
    }

    @Override
    public Shape divide(Shape a, Shape b) {
        return Shape.broadcast(a, b);
    }

    @Override
    public Shape maximum(Shape a, Shape b) {
        return Shape.broadcast(a, b);
    }

    @Override
    public Shape exp(Shape x) {
        return x;
    }

    @Override
    public Shape log(Shape x) {
        return x;
    }

    @Override
    public Shape sqrt(Shape x) {
        return x;
    }

    @Override
    public Shape sigmoid(Shape x) {
        return x;
    }

    @Override
    public Shape tanh(Shape x) {
        return x;
    }

    @Override
    public Shape relu(Shape x) {
        return x;
    }

    @Override
    public Shape erf(Shape x) {
        return x;
    }

    @Override
    public Shape softmax(Shape x, int axis) {
        x.axis(axis);
        return x;
    }

    @Override
    public Shape sum(Shape x, int axis) {
        return x.drop(axis);
    }

    @Override
    public Shape cumulativeSum(Shape x, int axis) {
        x.axis(axis);
        return x;
    }

    @Override
    public Shape max(Shape x, int axis) {
        return x.drop(axis);
    }

    @Override
    public Shape matmul(Shape a, Shape b) {
        return Shape.matmul(a, b);
    }

    @Override
    public Shape convolution(Shape x, Shape weight, int dilation, boolean causal) {
        return Shape.convolution(x, weight, dilation);
    }

    @Override
    public Shape concat(int axis, List<Shape> values) {
        return Shape.concat(axis, values);
    }

    @Override
    public Shape slice(Shape x, int axis, int from, int to) {
        return x.slice(axis, from, to);
    }

    @Override
    public Shape expand(Shape x, int axis) {
        return x.expand(axis);
    }

    @Override
    public Shape transpose(Shape x, int a, int b) {
        return x.transpose(a, b);
    }

    @Override
    public Shape split(Shape x, int parts) {
        return x.split(parts);
    }

    @Override
    public Shape merge(Shape x) {
        return x.merge();
    }

    @Override
    public Shape gather(Shape table, Shape ids) {
        return Shape.gather(table, ids);
    }

    @Override
    public Shape ids(Shape x) {
        return x;
    }

    @Override
    public Shape lstm(String name, Shape x, Shape mask, int hidden, boolean backward) {
        Shape output = Shape.lstm(x, mask, hidden);
        LstmParameters.of(this, name, x.size(-1), hidden);
        return output;
    }

    @Override
    public Shape dropout(Shape x, double rate) {
        return x.dropout(rate);
    }

    @Override
    public Shape stopGradient(Shape x) {
        return x;
    }
}

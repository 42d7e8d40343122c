package org.kemo.api.network;

import java.util.List;

/**
 * The operations that networks are written with. A network is a method over {@code Ops<T>} that runs as it stands on every
 * backend: one computes and differentiates it for training, another writes it down as a graph for inference. So a network
 * never looks at numbers, only at {@linkplain #shape shapes}; a choice that depends on values is arithmetic with masks.
 *
 * <p>Axes may be given from the end: -1 is the innermost. Operations on shapes that do not fit throw {@link
 * IllegalArgumentException} with the shapes in it, on every backend alike.
 *
 * <p>An instance belongs to one run of one network and to one thread.
 *
 * @param <T> a value of the backend; opaque to networks
 */
public interface Ops<T> {
    /** The shape of a value. */
    Shape shape(T x);

    /**
     * A trainable parameter. Asking twice for the same name gives the same parameter, so that weights can be shared; it begins as the
     * initializer of the first time says. Name a layer's matrix {@code weight}, or let its name begin so: {@linkplain
     * org.kemo.api.training.Optimizer#decays weight decay} goes by that.
     *
     * @param name within this {@linkplain #scope scope}
     * @param shape known sizes only
     * @param initializer how it begins
     */
    T parameter(String name, Shape shape, Initializer initializer);

    /** Fixed numbers. */
    T constant(FloatTensor value);

    /** The same operations, with parameters named {@code scope/name}. */
    Ops<T> scope(String scope);

    /** a + b, element by element, broadcast by {@link Shape#broadcast}. */
    T add(T a, T b);

    /** a - b, likewise. */
    T subtract(T a, T b);

    /** a b, likewise. */
    T multiply(T a, T b);

    /** a / b, likewise. */
    T divide(T a, T b);

    /** The larger of a and b, likewise. */
    T maximum(T a, T b);

    /** e to the power of x. */
    T exp(T x);

    /** The natural logarithm. */
    T log(T x);

    /** The square root. */
    T sqrt(T x);

    /** 1 / (1 + e^-x). */
    T sigmoid(T x);

    /** The hyperbolic tangent. */
    T tanh(T x);

    /** max(x, 0). */
    T relu(T x);

    /** The error function 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. */
    T erf(T x);

    /** Exponentials along an axis, scaled to sum 1; computed without overflow. */
    T softmax(T x, int axis);

    /** The sum along an axis, which goes. */
    T sum(T x, int axis);

    /** The running sum along an axis: each place holds the sum of all up to it and its own. */
    T cumulativeSum(T x, int axis);

    /** The largest along an axis, which goes. */
    T max(T x, int axis);

    /** The matrix product by {@link Shape#matmul}. */
    T matmul(T a, T b);

    /**
     * A convolution over the steps of a sequence, without bias (a cross-correlation, as everywhere in the field): y_t = sum over k of
     * x_{t + dilation (k - c)} W_k, with 0 outside of the sequence. What is masked has to be 0 in x, or it reaches its neighbours.
     *
     * @param x [N, L, in]
     * @param weight [K, in, out]
     * @param dilation steps from one tap to the next, 1 and above
     * @param causal whether a step sees itself and those before (c = K - 1) or as many on both sides (c = (K - 1) / 2, rounded down)
     * @return [N, L, out]
     */
    T convolution(T x, T weight, int dilation, boolean causal);

    /** Values of one type, numbers or ids, joined along an axis, by {@link Shape#concat}. */
    T concat(int axis, List<T> values);

    /** The part of an axis from {@code from} to {@code to}, the latter not included. */
    T slice(T x, int axis, int from, int to);

    /** A new axis of size 1, by {@link Shape#expand}. */
    T expand(T x, int axis);

    /** Two axes exchanged. */
    T transpose(T x, int a, int b);

    /** The innermost axis cut into parts of one size, by {@link Shape#split}: [.., d] as [.., parts, d / parts]. */
    T split(T x, int parts);

    /** The two innermost axes as one, by {@link Shape#merge}: what {@link #split} gives goes back to what it was. */
    T merge(T x);

    /**
     * Rows of a table [V, d] by ids [..] of type LONG: [.., d].
     *
     * @param ids each of them 0 and above, and below V. With any other, one backend ends with an exception where another gives some row
     */
    T gather(T table, T ids);

    /** Whole numbers as ids of type LONG, for {@link #gather}; a fraction is cut off. No gradient flows through it. */
    T ids(T x);

    /**
     * A long short-term memory over a padded batch (Hochreiter and Schmidhuber, 1997; no peepholes; gates as in torch's
     * {@code LSTM}). Parameters {@code name/weightInput} [width, 4 hidden], {@code name/weightHidden} [hidden, 4 hidden]
     * and {@code name/bias} [4 hidden], gates in the order input, forget, cell, output. The backward direction begins at
     * the last real step of each sequence. Output at masked steps is 0.
     *
     * @param x [N, L, width]
     * @param mask [N, L], 1 for real steps, which come first, and 0 for padding
     * @param hidden the number of units
     * @param backward whether it runs from the end to the beginning
     * @return [N, L, hidden]
     */
    T lstm(String name, T x, T mask, int hidden, boolean backward);

    /**
     * In training, zeroes values at this rate and scales the others by 1 / (1 - rate); otherwise x itself.
     *
     * @param rate 0 and above, and below 1; checked outside training, too, by {@link Shape#dropout}
     */
    T dropout(T x, double rate);

    /** x itself, through which no gradient flows back. */
    T stopGradient(T x);

    // What follows is made of the operations above.

    /** A fixed number. */
    default T constant(double value) {
        return constant(FloatTensor.scalar((float) value));
    }

    /** Values joined along the innermost axis. */
    @SuppressWarnings("unchecked")
    default T concat(T... values) {
        return concat(-1, List.of(values));
    }

    /** x W + b along the innermost axis: [.., in] to [.., out]; parameters {@code name/weight}, {@code name/bias}. */
    default T linear(String name, T x, int out) {
        int in = shape(x).size(-1);
        double bound = 1 / Math.sqrt(in);
        T weight = parameter(name + "/weight", Shape.of(in, out), Initializer.uniform(bound));
        T bias = parameter(name + "/bias", Shape.of(out), Initializer.uniform(bound));
        return add(matmul(x, weight), bias);
    }

    /**
     * The mean along an axis, which goes: along axis 0, the batch, [N, d] to [d]. All places count; {@link #maskedMean} leaves padding
     * out.
     *
     * @param x finite, where the size of the axis is not known
     */
    default T mean(T x, int axis) {
        Dimension along = shape(x).dimension(axis);
        if (along.isFixed()) {
            return divide(sum(x, axis), constant(along.size()));
        }
        // How many there are is known only when the network runs: they are counted.
        T ones = add(multiply(stopGradient(x), constant(0)), constant(1));
        return divide(sum(x, axis), sum(ones, axis));
    }

    /**
     * Layer normalisation along the innermost axis (Ba et al., 2016); parameters {@code name/scale}, {@code name/shift}.
     *
     * @param epsilon added to the variance
     */
    default T layerNorm(String name, T x, double epsilon) {
        int width = shape(x).size(-1);
        T centred = subtract(x, expand(mean(x, -1), -1));
        T variance = mean(multiply(centred, centred), -1);
        T normal = divide(centred, expand(sqrt(add(variance, constant(epsilon))), -1));
        T scale = parameter(name + "/scale", Shape.of(width), Initializer.constant(1));
        T shift = parameter(name + "/shift", Shape.of(width), Initializer.constant(0));
        return add(multiply(normal, scale), shift);
    }

    /** The Gaussian error linear unit x P(X <= x), X standard normal; exact, not its tanh form (Hendrycks and Gimpel, 2016). */
    default T gelu(T x) {
        T one = constant(1);
        return multiply(multiply(x, add(erf(divide(x, constant(Math.sqrt(2)))), one)), constant(0.5));
    }

    /** Both directions of {@link #lstm} side by side: [N, L, 2 hidden], forward first (eqs. 1 and 2 of the paper). */
    @SuppressWarnings("unchecked")
    default T bidirectionalLstm(String name, T x, T mask, int hidden) {
        return concat(lstm(name + "/forward", x, mask, hidden, false), lstm(name + "/backward", x, mask, hidden, true));
    }

    /**
     * The mean over the real steps of a sequence; 0 where there are none.
     *
     * @param x [.., L, d]
     * @param mask [.., L]
     * @return [.., d]
     */
    default T maskedMean(T x, T mask) {
        T total = sum(multiply(x, expand(mask, -1)), -2);
        return divide(total, expand(maximum(sum(mask, -1), constant(1)), -1));
    }

    /**
     * The largest of each feature over the real steps of a sequence; 0 where there are none.
     *
     * @param x [.., L, d], of moderate size: beyond +-1e8 the mask is not certain
     * @param mask [.., L]
     * @return [.., d]
     */
    default T maskedMax(T x, T mask) {
        T real = expand(mask, -1);
        T hidden = multiply(subtract(constant(1), real), constant(-1e9));
        T largest = max(add(multiply(x, real), hidden), -2);
        return multiply(largest, expand(max(mask, -1), -1));
    }

    /** The logarithm of {@link #softmax}, exact where probabilities are too small for a number. */
    default T logSoftmax(T x, int axis) {
        int front = shape(x).axis(axis);
        T shifted = subtract(x, expand(stopGradient(max(x, front)), front));
        return subtract(shifted, expand(log(sum(exp(shifted), front)), front));
    }

    /**
     * A softmax over the places where the mask is 1; 0 elsewhere, and everywhere where the mask is 0 throughout.
     *
     * @param x [.., L], of moderate size: beyond +-1e4 the mask is not certain
     * @param mask broadcast to x
     */
    default T maskedSoftmax(T x, T mask) {
        T hidden = multiply(subtract(constant(1), mask), constant(-1e9));
        return multiply(softmax(add(multiply(x, mask), hidden), -1), mask);
    }

    /** 1 where x is above 0, else 0. No gradient flows back. x is finite, and what is above 0 is above 1e-30. */
    default T isPositive(T x) {
        T positive = relu(stopGradient(x));
        return divide(positive, maximum(positive, constant(1e-30)));
    }

    /**
     * 1 for the largest value along the innermost axis, the first of several that are equal, and 0 for the others: the decision
     * of a classifier as a one-hot vector. No gradient flows back.
     */
    default T firstLargest(T x) {
        T below = isPositive(subtract(expand(max(x, -1), -1), x));
        T largest = subtract(constant(1), below);
        return multiply(largest, isPositive(subtract(constant(1.5), cumulativeSum(largest, -1))));
    }
}

package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Initializer;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.NetworkParameters;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;
import org.kemo.api.testkit.ExpressionNetwork.Expression;

/**
 * What every backend's {@link Ops} have to compute: one small example for each operation, worked out by hand in the comment
 * beside it, and the mistakes in shapes that all backends refuse alike. The author of a backend extends this class.
 */
// JUnit cannot be required transitively: a plugin would need it to compile.
@SuppressWarnings("exports")
public abstract class OpsContract {
    /** The largest difference to the hand's value, relative to values above 1. */
    private static final float TOLERANCE = 2e-6f;

    /** Only for authors of backends. */
    protected OpsContract() {}

    /** The backend under test. */
    protected abstract NetworkBackend backend();

    private static final FloatTensor MATRIX = FloatTensor.of(new float[] {1, -2, 3, -4, 5, -6}, 2, 3);

    // Arithmetic. A row [3] stretches over a matrix [2, 3]; a column [2, 1] does so, too.

    @Test
    public final void adds() {
        // [1 -2 3; -4 5 -6] + [10 20 30]
        expect((ops, x) -> ops.add(x.get(0), x.get(1)), matrix(2, 3, 11, 18, 33, 6, 25, 24), MATRIX, row(10, 20, 30));
    }

    @Test
    public final void subtracts() {
        // [1 -2 3; -4 5 -6] - [10; 20]
        expect(
                (ops, x) -> ops.subtract(x.get(0), x.get(1)),
                matrix(2, 3, -9, -12, -7, -24, -15, -26),
                MATRIX,
                matrix(2, 1, 10, 20));
    }

    @Test
    public final void multiplies() {
        expect((ops, x) -> ops.multiply(x.get(0), x.get(1)), matrix(2, 3, 2, 6, 0, -8, -15, 0), MATRIX, row(2, -3, 0));
    }

    @Test
    public final void divides() {
        expect(
                (ops, x) -> ops.divide(x.get(0), x.get(1)),
                matrix(2, 3, 0.5, 0.5, 0.375, -2, -1.25, -0.75),
                MATRIX,
                row(2, -4, 8));
    }

    @Test
    public final void takesTheLargerOfTwo() {
        expect((ops, x) -> ops.maximum(x.get(0), x.get(1)), matrix(2, 3, 1, 0, 3, 0, 5, 0), MATRIX, row(0, 0, 0));
    }

    @Test
    public final void stretchesBothSides() {
        // [1; 2] + [10 20 30]
        expect(
                (ops, x) -> ops.add(x.get(0), x.get(1)),
                matrix(2, 3, 11, 21, 31, 12, 22, 32),
                matrix(2, 1, 1, 2),
                row(10, 20, 30));
    }

    // Functions of one number.

    @Test
    public final void exponentiates() {
        // e^0 = 1, e^1 = 2.7182818, e^-2 = 0.1353353
        expect((ops, x) -> ops.exp(x.get(0)), row(1, 2.7182818, 0.1353353), row(0, 1, -2));
    }

    @Test
    public final void takesLogarithms() {
        // ln 1 = 0, ln 2 = 0.6931472, ln 0.1 = -2.3025851
        expect((ops, x) -> ops.log(x.get(0)), row(0, 0.6931472, -2.3025851), row(1, 2, 0.1));
    }

    @Test
    public final void takesSquareRoots() {
        expect((ops, x) -> ops.sqrt(x.get(0)), row(0, 1.5, 1.4142136), row(0, 2.25, 2));
    }

    @Test
    public final void computesTheSigmoid() {
        // 1 / (1 + e^-ln 3) = 3/4; 1 / (1 + e^ln 3) = 1/4; ln 3 = 1.0986123
        expect((ops, x) -> ops.sigmoid(x.get(0)), row(0.5, 0.75, 0.25), row(0, 1.0986123, -1.0986123));
    }

    @Test
    public final void computesTheHyperbolicTangent() {
        // tanh(ln 2) = (2 - 1/2) / (2 + 1/2) = 0.6
        expect((ops, x) -> ops.tanh(x.get(0)), row(0, 0.6, -0.6), row(0, 0.6931472, -0.6931472));
    }

    @Test
    public final void computesTheErrorFunction() {
        // erf(1/2) = 0.5204999, erf(2) = 0.9953223; odd
        expect((ops, x) -> ops.erf(x.get(0)), row(0, 0.5204999, -0.5204999, 0.9953223), row(0, 0.5, -0.5, 2));
    }

    @Test
    public final void rectifies() {
        expect((ops, x) -> ops.relu(x.get(0)), matrix(2, 3, 1, 0, 3, 0, 5, 0), MATRIX);
    }

    @Test
    public final void computesTheSoftmaxAlongEachAxis() {
        // e^0 : e^ln 3 = 1 : 3; e^ln 3 : e^ln 3 = 1 : 1
        FloatTensor logits = matrix(2, 2, 0, 1.0986123, 1.0986123, 1.0986123);
        expect((ops, x) -> ops.softmax(x.get(0), -1), matrix(2, 2, 0.25, 0.75, 0.5, 0.5), logits);
        expect((ops, x) -> ops.softmax(x.get(0), 0), matrix(2, 2, 0.25, 0.5, 0.75, 0.5), logits);
    }

    @Test
    public final void computesTheSoftmaxOfLargeNumbersWithoutOverflow() {
        expect((ops, x) -> ops.softmax(x.get(0), -1), row(0.5, 0.5, 0), row(3e38, 3e38, -3e38));
    }

    @Test
    public final void computesTheLogarithmOfASoftmaxWhereProbabilitiesVanish() {
        // The largest has probability 1 to all digits, the other is 200 below: e^-200 is 0 as a float, its logarithm is
        // not.
        expect((ops, x) -> ops.logSoftmax(x.get(0), -1), row(0, -200), row(100, -100));
        // ln 1/4, ln 3/4
        expect((ops, x) -> ops.logSoftmax(x.get(0), -1), row(-1.3862944, -0.2876821), row(0, 1.0986123));
    }

    // Along axes.

    @Test
    public final void sumsAlongEachAxis() {
        expect((ops, x) -> ops.sum(x.get(0), 0), row(-3, 3, -3), MATRIX);
        expect((ops, x) -> ops.sum(x.get(0), -1), row(2, -5), MATRIX);
    }

    @Test
    public final void sumsUpToEachPlace() {
        expect((ops, x) -> ops.cumulativeSum(x.get(0), 0), matrix(2, 3, 1, -2, 3, -3, 3, -3), MATRIX);
        expect((ops, x) -> ops.cumulativeSum(x.get(0), -1), matrix(2, 3, 1, -1, 2, -4, 1, -5), MATRIX);
    }

    @Test
    public final void takesTheLargestAlongEachAxis() {
        expect((ops, x) -> ops.max(x.get(0), 0), row(1, 5, 3), MATRIX);
        expect((ops, x) -> ops.max(x.get(0), 1), row(3, 5), MATRIX);
    }

    @Test
    public final void convolvesOverSteps() {
        // Steps 1 2 3 and 4 5 6 of one channel; taps 1, 10, 100 into one channel: y_t = x_{t-1} + 10 x_t + 100 x_{t+1}.
        FloatTensor steps = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);
        FloatTensor taps = FloatTensor.of(new float[] {1, 10, 100}, 3, 1, 1);
        expect(
                (ops, x) -> ops.convolution(x.get(0), x.get(1), 1, false),
                FloatTensor.of(new float[] {210, 321, 32, 540, 654, 65}, 2, 3, 1),
                steps,
                taps);
        // Causal: y_t = x_{t-2} + 10 x_{t-1} + 100 x_t; two apart: y_t = x_{t-4} + 10 x_{t-2} + 100 x_t.
        expect(
                (ops, x) -> ops.convolution(x.get(0), x.get(1), 1, true),
                FloatTensor.of(new float[] {100, 210, 321, 400, 540, 654}, 2, 3, 1),
                steps,
                taps);
        expect(
                (ops, x) -> ops.convolution(x.get(0), x.get(1), 2, true),
                FloatTensor.of(new float[] {100, 200, 310, 400, 500, 640}, 2, 3, 1),
                steps,
                taps);
        // An even number of taps begins at the step itself. Two channels [1 2], [3 4] into two: [1 2] W_0 + [3 4] W_1
        // and [3 4] W_0
        // with W_0 = [1 0; 0 1] and W_1 = [0 10; 10 0].
        expect(
                (ops, x) -> ops.convolution(x.get(0), x.get(1), 1, false),
                FloatTensor.of(new float[] {41, 32, 3, 4}, 1, 2, 2),
                FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2),
                FloatTensor.of(new float[] {1, 0, 0, 1, 0, 10, 10, 0}, 2, 2, 2));
    }

    @Test
    public final void multipliesMatrices() {
        // [1 -2 3; -4 5 -6] [1 0; 0 1; 1 1] = [1+3 -2+3; -4-6 5-6]
        expect(
                (ops, x) -> ops.matmul(x.get(0), x.get(1)),
                matrix(2, 2, 4, 1, -10, -1),
                MATRIX,
                matrix(3, 2, 1, 0, 0, 1, 1, 1));
    }

    @Test
    public final void multipliesAMatrixWithEachOfABatch() {
        // Two matrices [1, 2]: [1 2] and [3 4], each times [1; 10].
        expect(
                (ops, x) -> ops.matmul(x.get(0), x.get(1)),
                FloatTensor.of(new float[] {21, 43}, 2, 1, 1),
                FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2),
                matrix(2, 1, 1, 10));
    }

    @Test
    public final void joinsAlongEachAxis() {
        FloatTensor a = matrix(1, 2, 1, 2);
        FloatTensor b = matrix(1, 2, 3, 4);
        expect((ops, x) -> ops.concat(0, x), matrix(2, 2, 1, 2, 3, 4), a, b);
        expect((ops, x) -> ops.concat(-1, x), matrix(1, 4, 1, 2, 3, 4), a, b);
        expect((ops, x) -> ops.concat(x.get(0), x.get(1)), matrix(1, 4, 1, 2, 3, 4), a, b);
    }

    @Test
    public final void joinsIds() {
        // Rows [3 4], [1 2] and [3 4] of the table [1 2; 3 4].
        expect(
                (ops, x) -> ops.gather(x.get(0), ops.concat(0, List.of(x.get(1), x.get(2)))),
                matrix(3, 2, 3, 4, 1, 2, 3, 4),
                matrix(2, 2, 1, 2, 3, 4),
                LongTensor.of(new long[] {1}, 1),
                LongTensor.of(new long[] {0, 1}, 2));
    }

    @Test
    public final void takesAPartOfAnAxis() {
        expect((ops, x) -> ops.slice(x.get(0), -1, 1, 3), matrix(2, 2, -2, 3, 5, -6), MATRIX);
        expect((ops, x) -> ops.slice(x.get(0), 0, 1, 2), matrix(1, 3, -4, 5, -6), MATRIX);
    }

    @Test
    public final void addsAnAxisOfSizeOne() {
        expect((ops, x) -> ops.expand(x.get(0), -1), matrix(3, 1, 1, 2, 3), row(1, 2, 3));
        expect((ops, x) -> ops.expand(x.get(0), 0), matrix(1, 3, 1, 2, 3), row(1, 2, 3));
    }

    @Test
    public final void exchangesAxes() {
        expect((ops, x) -> ops.transpose(x.get(0), 0, -1), matrix(3, 2, 1, -4, -2, 5, 3, -6), MATRIX);
    }

    @Test
    public final void cutsTheInnermostAxisIntoParts() {
        expect(
                (ops, x) -> ops.split(x.get(0), 2),
                FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2),
                matrix(1, 4, 1, 2, 3, 4));
    }

    @Test
    public final void makesOneOfTheTwoInnermostAxes() {
        expect(
                (ops, x) -> ops.merge(x.get(0)),
                matrix(1, 4, 1, 2, 3, 4),
                FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2));
    }

    @Test
    public final void bringsHeadsBesideEachOtherAndBack() {
        // [1 2 | 3 4], [5 6 | 7 8]: head by head [1 2; 5 6] and [3 4; 7 8], and the sum of both steps within each.
        FloatTensor steps = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 4);
        expect(
                (ops, x) -> ops.sum(ops.transpose(ops.split(x.get(0), 2), 1, 2), 2),
                FloatTensor.of(new float[] {6, 8, 10, 12}, 1, 2, 2),
                steps);
        expect((ops, x) -> ops.merge(ops.transpose(ops.transpose(ops.split(x.get(0), 2), 1, 2), 1, 2)), steps, steps);
    }

    @Test
    public final void looksRowsUpByIds() {
        expect(
                (ops, x) -> ops.gather(x.get(0), x.get(1)),
                FloatTensor.of(new float[] {3, 4, 1, 2, 1, 2, 1, 2}, 2, 2, 2),
                matrix(2, 2, 1, 2, 3, 4),
                LongTensor.of(new long[] {1, 0, 0, 0}, 2, 2));
    }

    @Test
    public final void looksRowsUpByWholeNumbers() {
        expect(
                (ops, x) -> ops.gather(x.get(0), ops.ids(ops.cumulativeSum(x.get(1), -1))),
                FloatTensor.of(new float[] {3, 4, 5, 6, 5, 6, 1, 2}, 2, 2, 2),
                matrix(3, 2, 1, 2, 3, 4, 5, 6),
                matrix(2, 2, 1, 1.5, 2, -2));
    }

    // Recurrence. One unit, one feature, every gate different: with z = [i f c o] = x [0.5 0 1 0] + h [0 1 0.5 0] + [0
    // -1 0 1],
    // c' = sigmoid(f) c + sigmoid(i) tanh(c-gate), h' = sigmoid(o) tanh(c').
    private static final Map<String, FloatTensor> RECURRENCE = Map.of(
            "unit/weightInput", matrix(1, 4, 0.5, 0, 1, 0),
            "unit/weightHidden", matrix(1, 4, 0, 1, 0.5, 0),
            "unit/bias", row(0, -1, 0, 1));

    @Test
    public final void runsAnLstmForwardsOverTheRealSteps() {
        // x = 1: i 0.6224593, c-gate 0.7615942, o 0.7310586, c = 0.4740614, h = 0.3227441
        // x = -2: i 0.2689414, f 0.3368740, c-gate tanh(-2 + 0.1613720) = -0.9506633, c = -0.0959738, h = -0.0699478
        // x = 3 alone: i 0.8175745, c-gate 0.9950548, c = 0.8135314, h = 0.4909305. Its padding (9) is not read.
        expect(
                RECURRENCE,
                (ops, x) -> ops.lstm("unit", x.get(0), x.get(1), 1, false),
                FloatTensor.of(new float[] {0.3227441f, -0.0699478f, 0.4909305f, 0}, 2, 2, 1),
                FloatTensor.of(new float[] {1, -2, 3, 9}, 2, 2, 1),
                matrix(2, 2, 1, 1, 1, 0));
    }

    @Test
    public final void runsAnLstmBackwardsFromTheLastRealStep() {
        // x = -2 first: i 0.2689414, c-gate -0.9640276, c = -0.2592669, h = -0.1854036
        // then x = 1: i 0.6224593, f 0.2340820, c-gate tanh(1 - 0.0927018) = 0.7198330, c = 0.3873770, h = 0.2698314
        expect(
                RECURRENCE,
                (ops, x) -> ops.lstm("unit", x.get(0), x.get(1), 1, true),
                FloatTensor.of(new float[] {0.2698314f, -0.1854036f, 0.4909305f, 0}, 2, 2, 1),
                FloatTensor.of(new float[] {1, -2, 3, 9}, 2, 2, 1),
                matrix(2, 2, 1, 1, 1, 0));
    }

    @Test
    public final void givesZerosForASequenceWithoutSteps() {
        expect(
                RECURRENCE,
                (ops, x) -> ops.lstm("unit", x.get(0), x.get(1), 1, true),
                FloatTensor.zeros(1, 2, 1),
                FloatTensor.of(new float[] {1, 2}, 1, 2, 1),
                matrix(1, 2, 0, 0));
    }

    @Test
    public final void putsBothDirectionsSideBySide() {
        // As above, the forward one first.
        Map<String, FloatTensor> both = new LinkedHashMap<>();
        RECURRENCE.forEach((name, value) -> {
            both.put(name.replace("unit", "both/forward"), value);
            both.put(name.replace("unit", "both/backward"), value);
        });
        expect(
                both,
                (ops, x) -> ops.bidirectionalLstm("both", x.get(0), x.get(1), 1),
                FloatTensor.of(new float[] {0.3227441f, 0.2698314f, -0.0699478f, -0.1854036f}, 1, 2, 2),
                FloatTensor.of(new float[] {1, -2}, 1, 2, 1),
                matrix(1, 2, 1, 1));
    }

    // Parameters and constants.

    @Test
    public final void givesAParameterItsScopedName() {
        expect(
                Map.of("outer/inner/p", row(1, 2)),
                (ops, x) -> ops.add(
                        x.get(0),
                        ops.scope("outer").scope("inner").parameter("p", Shape.of(2), Initializer.constant(0))),
                row(11, 22),
                row(10, 20));
    }

    @Test
    public final void givesTheSameParameterForTheSameName() {
        // x + p + p
        Expression twice = (ops, x) -> ops.add(
                ops.add(x.get(0), ops.parameter("p", Shape.of(2), Initializer.constant(0))),
                ops.parameter("p", Shape.of(2), Initializer.constant(5)));
        expect(Map.of("p", row(1, 2)), twice, row(12, 24), row(10, 20));
    }

    @Test
    public final void takesConstants() {
        expect((ops, x) -> ops.multiply(x.get(0), ops.constant(row(2, 3))), row(20, 60), row(10, 20));
        expect((ops, x) -> ops.multiply(x.get(0), ops.constant(0.5)), row(5, 10), row(10, 20));
    }

    // Training.

    @Test
    public final void dropsNothingOutsideTraining() {
        expect((ops, x) -> ops.dropout(x.get(0), 0.5), MATRIX, MATRIX);
    }

    @Test
    public final void letsNoGradientThroughWhereItIsStopped() {
        // y = sum of p stop(p): its derivative is stop(p) = p, not 2 p.
        Expression y = (ops, x) -> {
            Object p = ops.parameter("p", Shape.of(2), Initializer.constant(0));
            return ops.sum(ops.multiply(p, ops.stopGradient(p)), 0);
        };
        expect(Map.of("p", row(3, 4)), y, FloatTensor.scalar(25));
        gradient(Map.of("p", row(3, 4)), y).ifPresent(g -> assertClose(g.get("p"), row(3, 4)));
    }

    @Test
    public final void differentiatesARunningSum() {
        // y = 1 p_1 + 10 (p_1 + p_2) + 100 (p_1 + p_2 + p_3): 111, 110 and 100.
        Expression y = (ops, x) -> {
            Object p = ops.parameter("p", Shape.of(3), Initializer.constant(0));
            return ops.sum(ops.multiply(ops.cumulativeSum(p, 0), ops.constant(row(1, 10, 100))), 0);
        };
        gradient(Map.of("p", row(1, 2, 3)), y).ifPresent(g -> assertClose(g.get("p"), row(111, 110, 100)));
    }

    @Test
    public final void differentiatesTheErrorFunction() {
        // d erf(p) / dp = 2 / sqrt(pi) e^(-p^2): 1.1283792 at 0, 0.4151075 at 1.
        Expression y = (ops, x) -> ops.sum(ops.erf(ops.parameter("p", Shape.of(2), Initializer.constant(0))), 0);
        gradient(Map.of("p", row(0, 1)), y).ifPresent(g -> assertClose(g.get("p"), row(1.1283792, 0.4151075)));
    }

    @Test
    public final void differentiatesThroughPartsOfAnAxis() {
        // y = sum of merge(split(p) [1; 10]): 1, 1, 10 and 10.
        Expression y = (ops, x) -> {
            Object p = ops.parameter("p", Shape.of(4), Initializer.constant(0));
            return ops.sum(ops.merge(ops.multiply(ops.split(p, 2), ops.constant(matrix(2, 1, 1, 10)))), 0);
        };
        gradient(Map.of("p", row(1, 2, 3, 4)), y).ifPresent(g -> assertClose(g.get("p"), row(1, 1, 10, 10)));
    }

    @Test
    public final void differentiates() {
        // y = sum of p^2 + q: 2 p, and 1 for each q.
        Expression y = (ops, x) -> {
            Object p = ops.parameter("p", Shape.of(2), Initializer.constant(0));
            Object q = ops.parameter("q", Shape.of(2), Initializer.constant(0));
            return ops.sum(ops.add(ops.multiply(p, p), q), 0);
        };
        gradient(Map.of("p", row(3, -4), "q", row(0, 0)), y).ifPresent(g -> {
            assertClose(g.get("p"), row(6, -8));
            assertClose(g.get("q"), row(1, 1));
        });
    }

    // What is made of them.

    @Test
    public final void computesALinearLayer() {
        // [1 2] [1 0 2; 0 1 3] + [10 20 30] = [11 22 38]
        expect(
                Map.of("out/weight", matrix(2, 3, 1, 0, 2, 0, 1, 3), "out/bias", row(10, 20, 30)),
                (ops, x) -> ops.linear("out", x.get(0), 3),
                matrix(1, 3, 11, 22, 38),
                matrix(1, 2, 1, 2));
    }

    @Test
    public final void normalisesALayer() {
        // [1 3]: mean 2, variance 1, and 1 + 3 = 2^2: [-1/2 1/2], times [2 4] plus [10 20]
        expect(
                Map.of("norm/scale", row(2, 4), "norm/shift", row(10, 20)),
                (ops, x) -> ops.layerNorm("norm", x.get(0), 3),
                matrix(1, 2, 9, 22),
                matrix(1, 2, 1, 3));
    }

    @Test
    public final void weighsByTheNormalDistribution() {
        // 1 P(X <= 1) = 0.8413447, -1 P(X <= -1) = -0.1586553, 3 P(X <= 3) = 2.9959503
        expect((ops, x) -> ops.gelu(x.get(0)), row(0, 0.8413447, -0.1586553, 2.9959503), row(0, 1, -1, 3));
    }

    @Test
    public final void averagesAlongEachAxis() {
        // (1 - 4) / 2, (-2 + 5) / 2, (3 - 6) / 2; (1 - 2 + 3) / 3, (-4 + 5 - 6) / 3
        expect((ops, x) -> ops.mean(x.get(0), 0), row(-1.5, 1.5, -1.5), MATRIX);
        expect((ops, x) -> ops.mean(x.get(0), -1), row(0.6666667, -1.6666667), MATRIX);
    }

    @Test
    public final void averagesOverABatchOfAnySize() {
        Network.Input batch = new Network.Input(
                "x0", ElementType.FLOAT, Shape.of(Dimension.BATCH).with(3));
        Network network = new ExpressionNetwork(List.of(batch), (ops, x) -> ops.mean(x.get(0), 0));

        for (int size = 1; size < 4; size++) {
            FloatTensor rows =
                    FloatTensor.of(Arrays.copyOf(new float[] {1, 2, 3, 3, 2, 7, 5, 8, 5}, 3 * size), size, 3);
            FloatTensor expected =
                    List.of(row(1, 2, 3), row(2, 2, 5), row(3, 4, 5)).get(size - 1);
            assertClose(backend().run(network, Map.of(), values(List.of(rows))).get("y"), expected);
        }
    }

    @Test
    public final void averagesTheRealSteps() {
        // Steps [1 2] and [3 4], padding [9 9]; a second sequence without steps.
        expect(
                (ops, x) -> ops.maskedMean(x.get(0), x.get(1)),
                matrix(2, 2, 2, 3, 0, 0),
                FloatTensor.of(new float[] {1, 2, 3, 4, 9, 9, 9, 9, 9, 9, 9, 9}, 2, 3, 2),
                matrix(2, 3, 1, 1, 0, 0, 0, 0));
    }

    @Test
    public final void takesTheLargestOfTheRealSteps() {
        // Steps [-1 2] and [-3 4], padding [9 9]; a second sequence without steps.
        expect(
                (ops, x) -> ops.maskedMax(x.get(0), x.get(1)),
                matrix(2, 2, -1, 4, 0, 0),
                FloatTensor.of(new float[] {-1, 2, -3, 4, 9, 9, 9, 9, 9, 9, 9, 9}, 2, 3, 2),
                matrix(2, 3, 1, 1, 0, 0, 0, 0));
    }

    @Test
    public final void computesTheSoftmaxOfTheRealPlaces() {
        // e^0 : e^ln 3 = 1 : 3, the 50 is padding; nothing is left of a row without places.
        expect(
                (ops, x) -> ops.maskedSoftmax(x.get(0), x.get(1)),
                matrix(2, 3, 0.25, 0.75, 0, 0, 0, 0),
                matrix(2, 3, 0, 1.0986123, 50, 1, 2, 3),
                matrix(2, 3, 1, 1, 0, 0, 0, 0));
    }

    @Test
    public final void tellsWhatIsAboveZero() {
        expect((ops, x) -> ops.isPositive(x.get(0)), row(0, 0, 1, 1, 1), row(-3, 0, 1e-20, 0.5, 1e30));
    }

    @Test
    public final void findsTheFirstOfTheLargest() {
        expect(
                (ops, x) -> ops.firstLargest(x.get(0)),
                matrix(3, 3, 0, 0, 1, 1, 0, 0, 0, 1, 0),
                matrix(3, 3, 1, -2, 3, 0, 0, 0, -2, -1, -1));
    }

    @Test
    public final void letsNoGradientThroughADecision() {
        // y = sum of p times [p > 0] and the one-hot of the largest: 1 + 2 for 4, 0 for -3.
        Expression y = (ops, x) -> {
            Object p = ops.parameter("p", Shape.of(2), Initializer.constant(0));
            Object decided = ops.add(ops.isPositive(p), ops.multiply(ops.constant(2), ops.firstLargest(p)));
            return ops.sum(ops.multiply(p, decided), 0);
        };
        gradient(Map.of("p", row(-3, 4)), y).ifPresent(g -> assertClose(g.get("p"), row(0, 3)));
    }

    // Mistakes.

    @Test
    public final void refusesShapesThatDoNotFitElementByElement() {
        refuse((ops, x) -> ops.add(x.get(0), x.get(1)), "[2, 3] and [2]", MATRIX, row(1, 2));
    }

    @Test
    public final void refusesMatricesWithoutAProduct() {
        refuse((ops, x) -> ops.matmul(x.get(0), x.get(0)), "[2, 3] and [2, 3] have no matrix product", MATRIX);
    }

    @Test
    public final void refusesToJoinOtherSizes() {
        refuse((ops, x) -> ops.concat(0, x), "cannot be joined along axis 0", MATRIX, matrix(1, 2, 1, 2));
    }

    @Test
    public final void refusesAConvolutionThatDoesNotFit() {
        refuse((ops, x) -> ops.convolution(x.get(0), x.get(0), 1, false), "have no convolution", MATRIX);
    }

    @Test
    public final void refusesAnAxisThatIsNotThere() {
        refuse((ops, x) -> ops.sum(x.get(0), 2), "there is no axis 2", MATRIX);
        refuse((ops, x) -> ops.max(x.get(0), -3), "there is no axis -3", MATRIX);
        refuse((ops, x) -> ops.mean(x.get(0), 2), "there is no axis 2", MATRIX);
        refuse((ops, x) -> ops.cumulativeSum(x.get(0), 2), "there is no axis 2", MATRIX);
        refuse((ops, x) -> ops.softmax(x.get(0), 2), "there is no axis 2", MATRIX);
        refuse((ops, x) -> ops.transpose(x.get(0), 0, 2), "there is no axis 2", MATRIX);
        refuse((ops, x) -> ops.expand(x.get(0), 3), "no place 3", MATRIX);
    }

    @Test
    public final void refusesAPartOutsideOfAnAxis() {
        refuse((ops, x) -> ops.slice(x.get(0), 1, 2, 4), "no part from 2 to 4", MATRIX);
        refuse((ops, x) -> ops.slice(x.get(0), 1, 2, 2), "no part from 2 to 2", MATRIX);
    }

    @Test
    public final void refusesATableThatIsNoMatrix() {
        refuse((ops, x) -> ops.gather(x.get(0), x.get(1)), "two axes", row(1, 2), LongTensor.of(new long[] {0}, 1));
    }

    @Test
    public final void refusesIdsThatAreNoIntegersAndArithmeticOnIds() {
        LongTensor ids = LongTensor.of(new long[] {0, 1}, 2);
        refuse((ops, x) -> ops.gather(x.get(0), x.get(1)), "LONG", MATRIX, row(0, 1));
        refuse((ops, x) -> ops.exp(x.get(0)), "FLOAT", ids);
        refuse((ops, x) -> ops.ids(x.get(0)), "FLOAT", ids);
        refuse((ops, x) -> ops.add(x.get(0), x.get(0)), "FLOAT", ids);
    }

    @Test
    public final void refusesIdsBesideNumbers() {
        refuse((ops, x) -> ops.add(x.get(0), x.get(1)), "FLOAT", MATRIX, LongTensor.zeros(3));
        refuse((ops, x) -> ops.matmul(x.get(0), x.get(1)), "FLOAT", MATRIX, LongTensor.zeros(3, 1));
        refuse((ops, x) -> ops.concat(0, x), "FLOAT", MATRIX, LongTensor.zeros(1, 3));
        refuse((ops, x) -> ops.gather(x.get(0), x.get(0)), "FLOAT", LongTensor.zeros(1, 1));
    }

    @Test
    public final void refusesASequenceThatIsNone() {
        refuse((ops, x) -> ops.lstm("unit", x.get(0), x.get(1), 1, false), "no sequence and its mask", MATRIX, MATRIX);
    }

    @Test
    public final void refusesARateOfDropoutThatLeavesNothingOrIsNone() {
        refuse((ops, x) -> ops.dropout(x.get(0), 1), "the rate [1.0]", MATRIX);
        refuse((ops, x) -> ops.dropout(x.get(0), -0.1), "the rate [-0.1]", MATRIX);
        refuse((ops, x) -> ops.dropout(x.get(0), Double.NaN), "the rate [NaN]", MATRIX);
    }

    @Test
    public final void refusesAParameterOfAnotherShape() {
        assertThatThrownBy(() -> compute(
                        Map.of("p", row(1, 2, 3)),
                        (ops, x) -> ops.add(x.get(0), ops.parameter("p", Shape.of(2), Initializer.constant(0))),
                        List.of(row(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[p]")
                .hasMessageContaining("[3]")
                .hasMessageContaining("[2]");
    }

    private void refuse(Expression expression, String words, Tensor... inputs) {
        assertThatThrownBy(() -> compute(Map.of(), expression, List.of(inputs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private void expect(Expression expression, FloatTensor expected, Tensor... inputs) {
        expect(Map.of(), expression, expected, inputs);
    }

    private void expect(
            Map<String, FloatTensor> parameters, Expression expression, FloatTensor expected, Tensor... inputs) {
        Expression checked = (ops, x) -> {
            Object y = expression.of(ops, x);
            assertThat(ops.shape(y)).as("the shape that Ops tells").isEqualTo(Shape.of(expected.shape()));
            return y;
        };
        assertClose(compute(parameters, checked, List.of(inputs)), expected);
    }

    private FloatTensor compute(Map<String, FloatTensor> parameters, Expression expression, List<Tensor> inputs) {
        Network network = network(expression, inputs);
        return backend().run(network, parameters, values(inputs)).get("y");
    }

    private Optional<Map<String, FloatTensor>> gradient(Map<String, FloatTensor> parameters, Expression expression) {
        ExpressionNetwork network = network(expression, List.of());
        Map<String, FloatTensor> all = NetworkParameters.of(network, parameters, 0);
        return backend().gradients(network, network, all, Map.of(), Map.of());
    }

    private static ExpressionNetwork network(Expression expression, List<Tensor> inputs) {
        List<Network.Input> declared = new ArrayList<>();
        for (Tensor input : inputs) {
            declared.add(new Network.Input("x" + declared.size(), input.type(), Shape.of(input.shape())));
        }
        return new ExpressionNetwork(declared, expression);
    }

    private static Map<String, Tensor> values(List<Tensor> inputs) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Tensor input : inputs) {
            values.put("x" + values.size(), input);
        }
        return values;
    }

    private static void assertClose(FloatTensor actual, FloatTensor expected) {
        assertThat(actual.shape()).as("shape").containsExactly(expected.shape());
        for (int i = 0; i < expected.count(); i++) {
            float value = expected.values()[i];
            assertThat(actual.values()[i])
                    .as("value %d of %s", i, Arrays.toString(actual.values()))
                    .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
        }
    }

    private static FloatTensor row(double... values) {
        return tensor(values, values.length);
    }

    private static FloatTensor matrix(int rows, int columns, double... values) {
        return tensor(values, rows, columns);
    }

    private static FloatTensor tensor(double[] values, int... shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return FloatTensor.of(floats, shape);
    }
}

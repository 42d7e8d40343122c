package org.kemo.api.testkit;

import static org.assertj.core.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.NetworkBackend;
import org.kemo.api.network.Tensor;

/**
 * Compares the derivatives of a backend with differences. Values have 24 bits, so a difference is known to about 1e-4 of what
 * it is taken of; a step that is too long is told from one half as long. A long step may pass the bend of a rectifier, where the slope
 * is another one, so a difference that does not agree is taken once more with a shorter step, and where that does not agree either, to each
 * side alone: one side of a place that is close to a bend has none. Each parameter is moved along its whole gradient, which no entry
 * that is too large survives unless it is small; in a direction in which every place has a part, drawn at random, since entries that are
 * wrongly 0 have none in the gradient; and at single places that are drawn, too. A wrong entry among thousands may still be passed over.
 */
final class GradientCheck {
    private static final double[] STEPS = {1e-2, 2e-3};
    private static final double RELATIVE = 1e-2;
    private static final double ABSOLUTE = 3e-4;
    private static final int PLACES = 3;

    private final NetworkBackend backend;
    private final Network network;
    private final OutputSum sum;
    private final Map<String, Tensor> batch;

    GradientCheck(NetworkBackend backend, Network network, OutputSum sum, Map<String, Tensor> batch) {
        this.backend = backend;
        this.network = network;
        this.sum = sum;
        this.batch = batch;
    }

    void run(Map<String, FloatTensor> parameters, Map<String, FloatTensor> gradients, SplittableRandom random) {
        gradients.forEach((name, gradient) -> {
            double norm = norm(gradient);
            if (norm > 0) {
                float[] along = new float[gradient.count()];
                for (int i = 0; i < along.length; i++) {
                    along[i] = (float) (gradient.values()[i] / norm);
                }
                compare(parameters, name, along, norm, "along its gradient");
            }
            float[] all = everywhere(gradient.count(), random);
            compare(parameters, name, all, product(gradient.values(), all), "in a random direction");
            for (int i = 0; i < PLACES; i++) {
                int place = random.nextInt(gradient.count());
                float[] one = new float[gradient.count()];
                one[place] = 1;
                compare(parameters, name, one, gradient.values()[place], "at place " + place);
            }
        });
    }

    private void compare(
            Map<String, FloatTensor> parameters, String name, float[] direction, double derivative, String where) {
        double estimate = 0;
        for (double step : STEPS) {
            double whole = slope(parameters, name, direction, Side.BOTH, step);
            double half = slope(parameters, name, direction, Side.BOTH, step / 2);
            // The error of a central difference falls with the square of the step: this takes its first term away.
            estimate = (4 * half - whole) / 3;
            double doubt = Math.abs(whole - half);
            if (Math.abs(estimate - derivative) <= ABSOLUTE + RELATIVE * Math.abs(estimate) + doubt) {
                return;
            }
        }
        for (Side side : List.of(Side.ABOVE, Side.BELOW)) {
            double step = STEPS[STEPS.length - 1];
            // That of a difference to one side falls with the step. There is no doubt where the side has no bend.
            double smooth = 2 * slope(parameters, name, direction, side, step / 2)
                    - slope(parameters, name, direction, side, step);
            if (Math.abs(smooth - derivative) <= ABSOLUTE + RELATIVE * Math.abs(smooth)) {
                return;
            }
        }
        fail(String.format(
                Locale.ROOT,
                "The gradient of the parameter [%s] is wrong on the backend [%s]: %s it is [%.6f], but moving the parameter by"
                        + " %.3f there changes the outputs by [%.6f] a unit. Look for numbers that leave Ops, for stopGradient,"
                        + " and for functions with a jump.",
                name,
                backend.name(),
                where,
                derivative,
                STEPS[STEPS.length - 1],
                estimate));
    }

    private enum Side {
        BOTH(-1, 1),
        ABOVE(0, 1),
        BELOW(-1, 0);

        private final int from;
        private final int to;

        Side(int from, int to) {
            this.from = from;
            this.to = to;
        }
    }

    private double slope(Map<String, FloatTensor> parameters, String name, float[] direction, Side side, double step) {
        double rise = value(parameters, name, direction, side.to * step)
                - value(parameters, name, direction, side.from * step);
        return rise / ((side.to - side.from) * step);
    }

    private double value(Map<String, FloatTensor> parameters, String name, float[] direction, double step) {
        FloatTensor here = parameters.get(name);
        float[] moved = here.values().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * direction[i]);
        }
        Map<String, FloatTensor> all = new LinkedHashMap<>(parameters);
        all.put(name, FloatTensor.of(moved, here.shape()));
        return sum.of(backend.run(network, all, batch));
    }

    /** A direction of length 1 to which every place adds; of other sizes, so that two wrong entries do not make up for each other. */
    private static float[] everywhere(int count, SplittableRandom random) {
        float[] direction = new float[count];
        for (int i = 0; i < count; i++) {
            direction[i] = (float) ((0.5 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
        }
        double norm = Math.sqrt(product(direction, direction));
        for (int i = 0; i < count; i++) {
            direction[i] /= (float) norm;
        }
        return direction;
    }

    private static double norm(FloatTensor tensor) {
        return Math.sqrt(product(tensor.values(), tensor.values()));
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}

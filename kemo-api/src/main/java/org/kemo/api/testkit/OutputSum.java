package org.kemo.api.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Objective;
import org.kemo.api.network.Ops;
import org.kemo.api.network.Shape;

/**
 * A scalar that every value of every output moves, each in its own way: the sum of w y + y^2 / 2, with a weight w for each place
 * along the innermost axis. It is written twice, over {@code Ops} for derivatives and in double precision for differences.
 */
final class OutputSum implements Objective {
    private final Map<String, FloatTensor> weights = new LinkedHashMap<>();

    OutputSum(Map<String, Shape> outputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        outputs.forEach((name, shape) -> {
            int width = shape.rank() > 0 && shape.dimension(-1).isFixed() ? shape.size(-1) : 1;
            FloatTensor weight = FloatTensor.zeros(width);
            for (int i = 0; i < width; i++) {
                weight.values()[i] = (float) (2 * random.nextDouble() - 1);
            }
            weights.put(name, weight);
        });
    }

    @Override
    public List<Network.Input> targets() {
        return List.of();
    }

    @Override
    public <T> T loss(Ops<T> ops, Map<String, T> outputs, Map<String, T> targets) {
        T total = ops.constant(0);
        for (Map.Entry<String, FloatTensor> weight : weights.entrySet()) {
            T y = outputs.get(weight.getKey());
            T sum = ops.multiply(y, ops.add(ops.constant(weight.getValue()), ops.multiply(y, ops.constant(0.5))));
            while (ops.shape(sum).rank() > 0) {
                sum = ops.sum(sum, -1);
            }
            total = ops.add(total, sum);
        }
        return total;
    }

    /** The same of outputs that were computed. */
    double of(Map<String, FloatTensor> outputs) {
        double total = 0;
        for (Map.Entry<String, FloatTensor> weight : weights.entrySet()) {
            float[] y = outputs.get(weight.getKey()).values();
            float[] w = weight.getValue().values();
            for (int i = 0; i < y.length; i++) {
                total += y[i] * (w[i % w.length] + 0.5 * y[i]);
            }
        }
        return total;
    }
}

package org.kemo.runtime.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Tensor;
import org.kemo.runtime.model.ModalityNetwork;

/**
 * Mixes each example of a batch with another one: x' = l x + (1 - l) x_other, and so the targets, with l drawn from Beta(a, a)
 * once for the batch and at least 1/2 (Zhang et al., 2018). The mask is that of the first; beyond the end of the other its
 * features count as the training mean. An example none of whose modalities the other has keeps its targets. For modalities of
 * features; a batch with ids stays as it is.
 *
 * @param alpha of the beta distribution
 * @param rate share of the batches that are mixed
 */
record Mixup(double alpha, double rate) {
    record Mixed(Map<String, Tensor> inputs, Map<String, Tensor> targets) {}

    Mixed mix(
            List<ModalityNetwork> modalities,
            Map<String, Tensor> inputs,
            Map<String, Tensor> targets,
            SplittableRandom random) {
        boolean features =
                modalities.stream().allMatch(each -> each.standardisation().isPresent());
        if (alpha == 0 || !features || random.nextDouble() >= rate) {
            return new Mixed(inputs, targets);
        }
        double drawn = beta(random);
        float share = (float) Math.max(drawn, 1 - drawn);
        int rows = inputs.get(modalities.get(0).mask()).size(0);
        int[] other = permutation(rows, random);
        Map<String, Tensor> mixed = new LinkedHashMap<>(inputs);
        Map<String, Tensor> mixedTargets = new LinkedHashMap<>(targets);
        int[] whole = IntStream.range(0, rows).toArray();
        for (ModalityNetwork modality : modalities) {
            FloatTensor mask = (FloatTensor) inputs.get(modality.mask());
            // A modality that one of the two lacks stays as it is, with its own target.
            int[] partner = IntStream.range(0, rows)
                    .map(n -> mask.at(n, 0) > 0 && mask.at(other[n], 0) > 0 ? other[n] : n)
                    .toArray();
            for (int n = 0; n < rows; n++) {
                whole[n] = partner[n] == n ? whole[n] : partner[n];
            }
            float[] mean = modality.standardisation().orElseThrow().mean();
            mixed.compute(
                    modality.values(), (name, values) -> features((FloatTensor) values, mask, mean, partner, share));
            mixedTargets.computeIfPresent(
                    StageObjective.target(modality), (name, target) -> rows((FloatTensor) target, partner, share));
        }
        mixedTargets.computeIfPresent(
                StageObjective.TARGET, (name, target) -> rows((FloatTensor) target, whole, share));
        return new Mixed(mixed, mixedTargets);
    }

    private static FloatTensor features(FloatTensor values, FloatTensor mask, float[] mean, int[] other, float share) {
        int steps = values.size(1);
        int width = values.size(2);
        float[] mixed = new float[values.count()];
        for (int n = 0; n < other.length; n++) {
            for (int t = 0; t < steps; t++) {
                boolean real = mask.at(other[n], t) > 0;
                for (int d = 0; d < width; d++) {
                    float from = real ? values.values()[(other[n] * steps + t) * width + d] : mean[d];
                    int at = (n * steps + t) * width + d;
                    mixed[at] = share * values.values()[at] + (1 - share) * from;
                }
            }
        }
        return FloatTensor.of(mixed, values.shape());
    }

    private static FloatTensor rows(FloatTensor target, int[] other, float share) {
        int width = target.size(1);
        float[] mixed = new float[target.count()];
        for (int n = 0; n < other.length; n++) {
            for (int c = 0; c < width; c++) {
                mixed[n * width + c] = share * target.at(n, c) + (1 - share) * target.at(other[n], c);
            }
        }
        return FloatTensor.of(mixed, target.shape());
    }

    private static int[] permutation(int size, SplittableRandom random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** Beta(a, a) as x / (x + y) of two gamma variates, by their logarithms: those of a small alpha are below any double. */
    private double beta(SplittableRandom random) {
        double x = logGamma(random);
        double y = logGamma(random);
        return 1 / (1 + Math.exp(y - x));
    }

    /** The logarithm of a Gamma(alpha, 1) variate after Marsaglia and Tsang (2000), whose method is for alpha + 1. */
    private double logGamma(SplittableRandom random) {
        double d = alpha + 1 - 1.0 / 3;
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + normal / Math.sqrt(9 * d);
            if (root > 0) {
                double v = root * root * root;
                if (Math.log(1 - random.nextDouble()) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
                    return Math.log(d * v) + Math.log(1 - random.nextDouble()) / alpha;
                }
            }
        }
    }
}

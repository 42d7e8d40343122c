package org.kemo.torch;

import java.util.function.Predicate;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The dropout of one step. Its masks come from a generator of the step's own, whose seed is made of the run's seed and the
 * step's number: a run that is resumed draws what it would have drawn, and nothing else in the process is disturbed.
 */
final class DropoutMasks implements Dropout {
    private final Predicate<String> frozen;
    private final GeneratorOptional generator;

    DropoutMasks(Predicate<String> frozen, long seed, long step) {
        this.frozen = frozen;
        this.generator = new GeneratorOptional(new Generator(torch.createCPUGenerator(mix(seed, step))));
    }

    @Override
    public Tensor apply(String scope, Tensor x, double rate) {
        if (rate == 0 || frozen.test(scope)) {
            return x;
        }
        // Drawn on the CPU for every device, so that a run's masks do not depend on it.
        Tensor mask = torch.empty(x.sizes().vec().get());
        mask.bernoulli_(1 - rate, generator).div_(new Scalar(1 - rate));
        return x.mul(mask.to(x.device(), torch.ScalarType.Float));
    }

    /** The finalizer of SplitMix64 (Steele et al., 2014): neighbouring steps get unrelated seeds. */
    private static long mix(long seed, long step) {
        long z = seed + (step + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

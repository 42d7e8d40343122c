package org.kemo.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.training.Optimizer;

/**
 * Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019) over one block of parameters, step by step what torch's own
 * do. Torch's C++ optimizers keep a state for each parameter; this one is three rows that can be saved as they are.
 */
final class AdamState {
    /** Parameters that are worked on at a time: few enough to stay in the processor's cache from one operation to the next. */
    private static final long PART = 1 << 18;

    private final Optimizer rule;
    private final Tensor decayed;
    private final Tensor rates;
    private final Tensor mean;
    private final Tensor square;
    private long steps;

    /**
     * Begins with moments of 0. To be called inside a {@code PointerScope}; what is kept takes references.
     *
     * @param decayed a row with the factor of the learning rate where weight decay pulls, else 0
     * @param rates a row with the factors of the learning rate
     */
    AdamState(Optimizer rule, Tensor decayed, Tensor rates) {
        this.rule = rule;
        this.decayed = decayed.retainReference();
        this.rates = rates.retainReference();
        this.mean = torch.zeros_like(decayed).retainReference();
        this.square = torch.zeros_like(decayed).retainReference();
    }

    /**
     * Changes the parameters by one step. To be called without recording of gradients.
     *
     * @param block the parameters, changed
     * @param gradient their gradient, changed
     * @param norm of the gradient
     */
    void step(Tensor block, Tensor gradient, double norm, double learningRate) {
        steps++;
        if (rule.clipNorm() > 0) {
            clip(gradient, norm);
        }
        double meanCorrection = 1 - Math.pow(rule.beta1(), (double) steps);
        double squareCorrection = Math.sqrt(1 - Math.pow(rule.beta2(), (double) steps));
        long count = block.numel();
        for (long from = 0; from < count; from += PART) {
            PointerScope scope = new PointerScope();
            try {
                step(
                        new Part(from, Math.min(PART, count - from)),
                        block,
                        gradient,
                        learningRate,
                        meanCorrection,
                        squareCorrection);
            } finally {
                scope.close();
            }
        }
    }

    private void step(
            Part part,
            Tensor block,
            Tensor gradient,
            double learningRate,
            double meanCorrection,
            double squareCorrection) {
        Tensor values = part.of(block);
        Tensor slope = part.of(gradient);
        if (rule.weightDecay() > 0) {
            Tensor decay = part.of(decayed);
            switch (rule.type()) {
                case ADAM -> slope.addcmul_(values, decay.sign(), new Scalar(rule.weightDecay()));
                case ADAMW -> values.addcmul_(values, decay, new Scalar(-learningRate * rule.weightDecay()));
            }
        }
        Tensor first = part.of(mean).lerp_(slope, new Scalar(1 - rule.beta1()));
        Tensor second =
                part.of(square).mul_(new Scalar(rule.beta2())).addcmul_(slope, slope, new Scalar(1 - rule.beta2()));
        Tensor denominator = second.sqrt().div_(new Scalar(squareCorrection)).add_(new Scalar(rule.epsilon()));
        // A factor of 1 changes no bit.
        values.addcdiv_(first.mul(part.of(rates)), denominator, new Scalar(-learningRate / meanCorrection));
    }

    /** A part of a row. */
    private record Part(long from, long count) {
        Tensor of(Tensor row) {
            return row.narrow(0, from, count);
        }
    }

    private void clip(Tensor gradient, double norm) {
        // The small number is torch's, in clip_grad_norm_.
        if (norm + 1e-6 > rule.clipNorm()) {
            gradient.mul_(new Scalar(rule.clipNorm() / (norm + 1e-6)));
        }
    }

    /** The number of steps taken. */
    long steps() {
        return steps;
    }

    /** Goes to a number of steps, with the moments written by the caller. */
    void steps(long taken) {
        steps = taken;
    }

    /** The running mean of the gradients. */
    Tensor mean() {
        return mean;
    }

    /** The running mean of their squares. */
    Tensor square() {
        return square;
    }

    /** Frees the memory. */
    void release() {
        decayed.releaseReference();
        rates.releaseReference();
        mean.releaseReference();
        square.releaseReference();
    }
}

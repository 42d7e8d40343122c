package org.kemo.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.kemo.api.training.Optimizer;

/**
 * Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019) over one block of parameters, step by step what torch's own
 * do. Torch's C++ optimizers keep a state for each parameter; this one is three rows that can be saved as they are.
 */
final class AdamState {
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
     */
    void step(Tensor block, Tensor gradient, double learningRate) {
        steps++;
        if (rule.clipNorm() > 0) {
            clip(gradient);
        }
        if (rule.weightDecay() > 0) {
            switch (rule.type()) {
                case ADAM -> gradient.addcmul_(block, decayed.sign(), new Scalar(rule.weightDecay()));
                case ADAMW -> block.addcmul_(block, decayed, new Scalar(-learningRate * rule.weightDecay()));
            }
        }
        mean.lerp_(gradient, new Scalar(1 - rule.beta1()));
        square.mul_(new Scalar(rule.beta2())).addcmul_(gradient, gradient, new Scalar(1 - rule.beta2()));
        double meanCorrection = 1 - Math.pow(rule.beta1(), (double) steps);
        double squareCorrection = Math.sqrt(1 - Math.pow(rule.beta2(), (double) steps));
        Tensor denominator = square.sqrt().div_(new Scalar(squareCorrection)).add_(new Scalar(rule.epsilon()));
        // A factor of 1 changes no bit.
        block.addcdiv_(mean.mul(rates), denominator, new Scalar(-learningRate / meanCorrection));
    }

    private void clip(Tensor gradient) {
        double norm = gradient.norm().item_double();
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

package org.kemo.api.training;

import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * How a step changes the parameters. The learning rate comes with each step.
 *
 * @param type Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019)
 * @param beta1 decay of the mean of the gradients, below 1
 * @param beta2 decay of the mean of their squares, below 1
 * @param epsilon added to the denominator, above 0 as a float32, too: parameters that a step does not reach have a denominator of 0
 * @param weightDecay of the parameters that {@link #decays}; times the learning rate for AdamW, added to the gradient for Adam
 * @param clipNorm the largest norm of all gradients together; 0 for none
 */
public record Optimizer(
        @Option(value = "adam or adamw", defaultValue = "adamw") Type type,
        @Option(value = "Decay of the mean of the gradients, below 1", defaultValue = "0.9", min = 0, max = 1)
                double beta1,
        @Option(value = "Decay of the mean of their squares, below 1", defaultValue = "0.999", min = 0, max = 1)
                double beta2,
        @Option(value = "Added to the denominator, above 0", defaultValue = "1e-8", min = 0) double epsilon,
        @Option(value = "Weight decay", defaultValue = "0.01", min = 0) double weightDecay,
        @Option(value = "Largest norm of all gradients together; 0 for none", defaultValue = "0", min = 0)
                double clipNorm) {
    /**
     * Checks the decays and what is added to the denominator: of a mean that nothing is added to, and of 0 over 0, the steps would be
     * no numbers.
     */
    public Optimizer {
        check("beta1", beta1);
        check("beta2", beta2);
        if (!((float) epsilon > 0)) {
            throw KemoException.configuration(
                    "The number epsilon, which is added to the denominator, is [" + epsilon + "].",
                    "Give a number above 0 that single precision can hold, such as 1e-8.");
        }
    }

    private static void check(String name, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw KemoException.configuration(
                    "The decay " + name + " is [" + decay + "].", "Give a number of at least 0 and below 1.");
        }
    }

    /** The rule. */
    public enum Type {
        /** Adam, weight decay added to the gradient. */
        ADAM,
        /** Adam with decoupled weight decay. */
        ADAMW
    }

    /**
     * Whether weight decay pulls at a parameter: at those whose own name begins with {@code weight}, the matrices of layers, and
     * not at biases, scales and tables.
     *
     * @param name scoped: {@code audio/encoder/out/weight}
     */
    public static boolean decays(String name) {
        return name.startsWith("weight", name.lastIndexOf('/') + 1);
    }

    /** AdamW with the values that torch takes by default and no clipping. */
    public static Optimizer adamW() {
        return new Optimizer(Type.ADAMW, 0.9, 0.999, 1e-8, 0.01, 0);
    }
}

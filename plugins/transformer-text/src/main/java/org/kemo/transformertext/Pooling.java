package org.kemo.transformertext;

import java.util.Arrays;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

/** How the hidden states of a text's tokens, [T, d] with T at least 1, become one vector [d]. */
public enum Pooling {
    /** As the model's folder says in {@code 1_Pooling/config.json}; the mean where it says nothing. */
    MODEL {
        @Override
        float[] pool(FloatTensor states) {
            throw new IllegalStateException("What the folder says is asked before");
        }

        @Override
        <T> T pool(Ops<T> ops, T states, T mask) {
            throw new IllegalStateException("What the folder says is asked before");
        }
    },
    /** The first token, {@code [CLS]} or {@code <s>}. */
    CLS {
        @Override
        float[] pool(FloatTensor states) {
            return row(states, 0);
        }

        @Override
        <T> T pool(Ops<T> ops, T states, T mask) {
            T later = ops.isPositive(ops.subtract(ops.cumulativeSum(mask, -1), ops.constant(1.5)));
            return chosen(ops, states, ops.subtract(mask, ops.multiply(later, mask)));
        }
    },
    /** The mean of all tokens, those among them that the tokenizer adds. */
    MEAN {
        @Override
        float[] pool(FloatTensor states) {
            double[] sums = new double[states.size(1)];
            float[] values = states.values();
            for (int from = 0; from < values.length; from += sums.length) {
                for (int feature = 0; feature < sums.length; feature++) {
                    sums[feature] += values[from + feature];
                }
            }
            float[] mean = new float[sums.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (sums[i] / states.size(0));
            }
            return mean;
        }

        @Override
        <T> T pool(Ops<T> ops, T states, T mask) {
            return ops.maskedMean(states, mask);
        }
    },
    /** The largest of each feature. */
    MAX {
        @Override
        float[] pool(FloatTensor states) {
            float[] largest = row(states, 0);
            for (int i = largest.length; i < states.count(); i++) {
                largest[i % largest.length] = Math.max(largest[i % largest.length], states.values()[i]);
            }
            return largest;
        }

        @Override
        <T> T pool(Ops<T> ops, T states, T mask) {
            return ops.maskedMax(states, mask);
        }
    },
    /** The last token. */
    LAST {
        @Override
        float[] pool(FloatTensor states) {
            return row(states, states.size(0) - 1);
        }

        @Override
        <T> T pool(Ops<T> ops, T states, T mask) {
            T behind = ops.subtract(ops.expand(ops.sum(mask, -1), -1), ops.cumulativeSum(mask, -1));
            T earlier = ops.isPositive(ops.subtract(behind, ops.constant(0.5)));
            return chosen(ops, states, ops.subtract(mask, ops.multiply(earlier, mask)));
        }
    };

    abstract float[] pool(FloatTensor states);

    /** The same inside a network: states [N, T, d] with their mask [N, T] give [N, d]. */
    abstract <T> T pool(Ops<T> ops, T states, T mask);

    /** The sum of the states where a row of choices [N, T] is 1. */
    private static <T> T chosen(Ops<T> ops, T states, T choice) {
        return ops.sum(ops.multiply(states, ops.expand(choice, -1)), -2);
    }

    private static float[] row(FloatTensor states, int row) {
        return Arrays.copyOfRange(states.values(), row * states.size(1), (row + 1) * states.size(1));
    }
}

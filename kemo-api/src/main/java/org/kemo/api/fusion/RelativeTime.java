package org.kemo.api.fusion;

import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Ops;

/**
 * The steps of a sequence as stretches of the time of its utterance, all of the same length: of n steps, the i-th goes from (i - 1)/n
 * to i/n. So the steps of two modalities that run at other rates, words and frames, can be laid beside each other where nothing
 * says when each word was spoken.
 *
 * @param ops the backend
 * @param mask [N, T], 1 for real steps, which come first
 */
public record RelativeTime<T>(Ops<T> ops, T mask) {
    /**
     * How near the middle of each step is to each of {@code count} places that stand evenly from the beginning to the end: 1 at the
     * place itself, falling in a straight line to 0 at the next. The rows of real steps sum to 1, the others are 0.
     *
     * @param count at least 1; a single place is near to all
     * @return [N, T, count]
     */
    public T places(int count) {
        FloatTensor places = FloatTensor.zeros(count);
        for (int place = 0; place < count; place++) {
            places.values()[place] = place;
        }
        T middle = ops.divide(ops.subtract(numbers(), ops.constant(0.5)), steps());
        T distance = ops.subtract(ops.expand(ops.multiply(middle, ops.constant(count - 1)), -1), ops.constant(places));
        T size = ops.maximum(distance, ops.subtract(ops.constant(0), distance));
        return ops.multiply(ops.relu(ops.subtract(ops.constant(1), size)), ops.expand(mask, -1));
    }

    /**
     * Which share of each step of this sequence each step of another one takes up. Rows sum to 1, where both sequences have steps
     * there; those of padding, and all where the other one is missing, are 0. Its matrix product with the other sequence is that
     * sequence at the steps of this one.
     *
     * @return [N, T, T of the other]
     */
    public T overlap(RelativeTime<T> other) {
        // In units of this sequence's steps: the i-th goes from i - 1 to i.
        T end = ops.expand(numbers(), -1);
        T begin = ops.subtract(end, ops.constant(1));
        T unit = ops.divide(steps(), other.steps());
        T otherEnd = ops.expand(ops.multiply(other.numbers(), unit), 1);
        T otherBegin = ops.subtract(otherEnd, ops.expand(unit, -1));
        T first = ops.maximum(begin, otherBegin);
        T minusLast = ops.maximum(ops.subtract(ops.constant(0), end), ops.subtract(ops.constant(0), otherEnd));
        T shared = ops.relu(ops.subtract(ops.constant(0), ops.add(first, minusLast)));
        return ops.multiply(ops.multiply(shared, ops.expand(mask, -1)), ops.expand(other.mask, 1));
    }

    /** 1 for the first step, 2 for the second and so on, [N, T]. */
    private T numbers() {
        return ops.cumulativeSum(mask, -1);
    }

    /** The number of real steps, at least 1, [N, 1]. */
    private T steps() {
        return ops.maximum(ops.expand(ops.sum(mask, -1), -1), ops.constant(1));
    }
}

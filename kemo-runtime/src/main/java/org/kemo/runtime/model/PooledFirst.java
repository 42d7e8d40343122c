package org.kemo.runtime.model;

import java.util.Optional;
import org.kemo.api.encoder.Encoded;
import org.kemo.api.encoder.NetworkEncoder;
import org.kemo.api.encoder.Sequence;
import org.kemo.api.network.Ops;

/**
 * The network behind a pretrained encoder. Of the steps that {@link org.kemo.runtime.pipeline.ModalityPipeline} gives, the first is the
 * pooled vector; the sequence is those behind it, moved to the front, or that vector itself where there are none.
 *
 * @param tokens standardises the sequence after what was done to all steps: a vector may be scaled to length 1, and its tokens are not
 */
record PooledFirst(Optional<Standardisation> tokens) implements NetworkEncoder {
    @Override
    public <T> Encoded<T> encode(Ops<T> ops, Sequence<T> input) {
        T mask = input.mask();
        // 1, 2, 3, ... along the real steps: only the first is not above one and a half.
        T number = ops.cumulativeSum(mask, -1);
        T later = ops.isPositive(ops.subtract(number, ops.constant(1.5)));
        T first = ops.subtract(mask, ops.multiply(later, mask));
        T pooled = ops.sum(ops.multiply(input.values(), ops.expand(first, -1)), -2);
        T moved = moved(ops, number, mask);
        T steps = ops.matmul(moved, input.values());
        return new Encoded<>(
                new Sequence<>(tokens.map(by -> by.apply(ops, steps)).orElse(steps), ops.sum(moved, -1)), pooled);
    }

    /** For each real step 1 at the one that takes its place, the next or, where it is the only one, itself; [N, T, T]. */
    private static <T> T moved(Ops<T> ops, T number, T mask) {
        T count = ops.expand(ops.sum(mask, -1), -1);
        T places = ops.isPositive(ops.subtract(count, ops.constant(1.5)));
        T behind = ops.subtract(ops.expand(number, 1), ops.expand(number, -1));
        T difference = ops.subtract(behind, ops.expand(places, -1));
        T size = ops.maximum(difference, ops.subtract(ops.constant(0), difference));
        T taken = ops.relu(ops.subtract(ops.constant(1), size));
        return ops.multiply(ops.multiply(taken, ops.expand(mask, -1)), ops.expand(mask, 1));
    }
}

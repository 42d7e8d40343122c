package org.kemo.api.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.ElementType;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.LongTensor;
import org.kemo.api.network.Network;
import org.kemo.api.network.Shape;
import org.kemo.api.network.Tensor;

/** Puts utterances of mixed lengths into one padded batch. What stands in the padding is arbitrary, since no one may read it. */
final class Batches {
    private final List<Network.Input> inputs;

    Batches(List<Network.Input> inputs) {
        this.inputs = inputs;
    }

    /** Whether an input says which steps are real: its name ends in {@code mask} and its shape is [N, L]. */
    static boolean isMask(Network.Input input) {
        return input.name().endsWith("mask")
                && input.shape().rank() == 2
                && !input.shape().dimension(1).isFixed();
    }

    /**
     * A batch.
     *
     * @param extra steps of padding beyond the longest utterance
     * @param garbage what the padding is drawn from
     */
    Map<String, Tensor> collate(List<Map<String, Tensor>> utterances, int extra, RandomGenerator garbage) {
        Map<Dimension, Integer> longest = new LinkedHashMap<>();
        utterances.forEach(utterance ->
                lengths(utterance).forEach((dimension, length) -> longest.merge(dimension, length, Math::max)));
        // A batch in which all miss a sequence still has a step, of padding.
        longest.replaceAll((dimension, length) -> Math.max(1, length) + extra);
        Map<String, Tensor> batch = new LinkedHashMap<>();
        for (Network.Input input : inputs) {
            List<Tensor> parts = new ArrayList<>();
            utterances.forEach(utterance -> parts.add(utterance.get(input.name())));
            int[] sizes = new int[input.shape().rank()];
            sizes[0] = parts.size();
            for (int axis = 1; axis < sizes.length; axis++) {
                Dimension dimension = input.shape().dimension(axis);
                sizes[axis] = dimension.isFixed() ? dimension.size() : longest.get(dimension);
            }
            batch.put(input.name(), pad(input, parts, sizes, garbage));
        }
        return batch;
    }

    /** The utterance's own length of each axis that has a name. */
    Map<Dimension, Integer> lengths(Map<String, Tensor> utterance) {
        Map<Dimension, Integer> lengths = new LinkedHashMap<>();
        for (Network.Input input : inputs) {
            Shape shape = input.shape();
            for (int axis = 1; axis < shape.rank(); axis++) {
                if (!shape.dimension(axis).isFixed()) {
                    lengths.put(
                            shape.dimension(axis), utterance.get(input.name()).size(axis - 1));
                }
            }
        }
        return lengths;
    }

    private static Tensor pad(Network.Input input, List<Tensor> parts, int[] sizes, RandomGenerator garbage) {
        if (input.type() == ElementType.LONG) {
            LongTensor padded = LongTensor.zeros(sizes);
            for (int n = 0; n < parts.size(); n++) {
                long[] values = ((LongTensor) parts.get(n)).values();
                copy(values, padded.values(), parts.get(n).shape(), sizes, n);
            }
            return padded;
        }
        FloatTensor padded = FloatTensor.zeros(sizes);
        if (!isMask(input)) {
            for (int i = 0; i < padded.count(); i++) {
                padded.values()[i] = (float) (5 * garbage.nextGaussian());
            }
        }
        for (int n = 0; n < parts.size(); n++) {
            float[] values = ((FloatTensor) parts.get(n)).values();
            copy(values, padded.values(), parts.get(n).shape(), sizes, n);
        }
        return padded;
    }

    // From is row-major in its own sizes; to is row-major in the batch's, one utterance after the other.
    private static void copy(Object from, Object to, int[] own, int[] sizes, int utterance) {
        int count = 1;
        for (int size : own) {
            count *= size;
        }
        for (int i = 0; i < count; i++) {
            int rest = i;
            int offset = 0;
            int stride = 1;
            for (int axis = own.length - 1; axis >= 0; axis--) {
                offset += rest % own[axis] * stride;
                rest /= own[axis];
                stride *= sizes[axis + 1];
            }
            System.arraycopy(from, i, to, utterance * stride + offset, 1);
        }
    }
}

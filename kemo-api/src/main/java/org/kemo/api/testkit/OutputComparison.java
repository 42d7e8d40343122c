package org.kemo.api.testkit;

import java.util.Map;
import org.kemo.api.network.Dimension;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.network.Shape;

/**
 * Compares the outputs for one utterance in two batches: its own steps only, since padding is no one's. What is not for each utterance,
 * such as a loss, is compared as a whole.
 */
final class OutputComparison {
    private final Map<String, Shape> shapes;

    OutputComparison(Map<String, Shape> shapes) {
        this.shapes = shapes;
    }

    /** The largest difference of two values, relative to values above 1; infinite where one is no number. */
    static double difference(float a, float b) {
        double difference = Math.abs((double) a - b) / Math.max(1, Math.abs(a));
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /** The largest difference between whole outputs. */
    static double difference(FloatTensor a, FloatTensor b) {
        if (!Shape.of(a.shape()).equals(Shape.of(b.shape()))) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < a.count(); i++) {
            largest = Math.max(largest, difference(a.values()[i], b.values()[i]));
        }
        return largest;
    }

    /**
     * The largest difference between an utterance's outputs in one batch and in another.
     *
     * @param lengths the utterance's own, for each axis that has a name
     */
    Difference difference(
            Map<String, FloatTensor> one,
            int inOne,
            Map<String, FloatTensor> other,
            int inOther,
            Map<Dimension, Integer> lengths) {
        Difference largest = new Difference("", 0);
        for (Map.Entry<String, Shape> output : shapes.entrySet()) {
            FloatTensor a = one.get(output.getKey());
            FloatTensor b = other.get(output.getKey());
            double difference = isForEachUtterance(output.getValue())
                    ? difference(a, inOne, b, inOther, limits(a, b, output.getValue(), lengths), new int[a.rank()], 1)
                    : difference(a, b);
            if (difference > largest.size()) {
                largest = new Difference(output.getKey(), difference);
            }
        }
        return largest;
    }

    private static boolean isForEachUtterance(Shape shape) {
        return shape.rank() > 0 && shape.dimension(0).equals(Dimension.BATCH);
    }

    private static int[] limits(FloatTensor a, FloatTensor b, Shape shape, Map<Dimension, Integer> lengths) {
        int[] limits = new int[a.rank()];
        for (int axis = 1; axis < limits.length; axis++) {
            int both = Math.min(a.size(axis), b.size(axis));
            limits[axis] = Math.min(both, lengths.getOrDefault(shape.dimension(axis), both));
        }
        return limits;
    }

    private static double difference(
            FloatTensor a, int inA, FloatTensor b, int inB, int[] limits, int[] index, int axis) {
        if (axis >= limits.length) {
            index[0] = inA;
            float left = a.at(index);
            index[0] = inB;
            return difference(left, b.at(index));
        }
        double largest = 0;
        for (int i = 0; i < limits[axis]; i++) {
            index[axis] = i;
            largest = Math.max(largest, difference(a, inA, b, inB, limits, index, axis + 1));
        }
        return largest;
    }

    /** How far apart, and in which output. */
    record Difference(String output, double size) {}
}

package org.kemo.runtime.agreement;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;

/**
 * The labels that occur, each once.
 *
 * @param names in their order: the one that was given, or that of the numbers, or the alphabet's
 * @param places where each lies: its number at the level INTERVAL, otherwise how many come before it
 */
record Categories(List<String> names, List<Double> places) {
    Categories {
        names = List.copyOf(names);
        places = List.copyOf(places);
    }

    /**
     * Those of these labels.
     *
     * @param order from the least to the most; empty where the labels are numbers or names without an order
     * @throws KemoException category CONFIGURATION, where the labels are not of this level, or some are not in the order
     */
    static Categories of(List<String> labels, MeasurementLevel level, List<String> order) {
        Set<String> occurring = new TreeSet<>(labels);
        boolean numeric = NumericLabel.areAll(occurring);
        if (!numeric && level == MeasurementLevel.INTERVAL) {
            throw KemoException.configuration(
                    "The labels " + occurring + " are not numbers, as the level [interval] asks.",
                    "Give numbers, or another --level.");
        }
        if (!numeric && level == MeasurementLevel.ORDINAL && order.isEmpty()) {
            throw KemoException.configuration(
                    "The labels " + occurring + " have no order that Kemo knows.",
                    "Give it with --order, from the least to the most: --order weak,medium,strong.");
        }
        List<String> names = order.isEmpty()
                ? sorted(occurring, numeric)
                : inOrder(
                        occurring,
                        order.stream().map(NumericLabel.alike(occurring)).toList());
        return new Categories(
                names,
                level == MeasurementLevel.INTERVAL
                        ? names.stream()
                                .map(name -> NumericLabel.of(name).orElseThrow())
                                .toList()
                        : IntStream.range(0, names.size())
                                .mapToObj(rank -> (double) rank)
                                .toList());
    }

    private static List<String> sorted(Set<String> occurring, boolean numeric) {
        return numeric
                ? occurring.stream()
                        .sorted(Comparator.comparingDouble(
                                name -> NumericLabel.of(name).orElseThrow()))
                        .toList()
                : List.copyOf(occurring);
    }

    private static List<String> inOrder(Set<String> occurring, List<String> order) {
        Set<String> others = new TreeSet<>(occurring);
        order.forEach(others::remove);
        if (!others.isEmpty()) {
            throw KemoException.configuration(
                    "The labels " + others + " are not in the order " + order + ".", "Add them to --order.");
        }
        // A label that nobody gave is a step all the same.
        return List.copyOf(new LinkedHashSet<>(order));
    }

    int size() {
        return names.size();
    }

    int indexOf(String label) {
        return names.indexOf(label);
    }

    /** How often each label occurs among these. */
    long[] count(List<String> labels) {
        long[] counts = new long[size()];
        labels.forEach(label -> counts[indexOf(label)]++);
        return counts;
    }
}

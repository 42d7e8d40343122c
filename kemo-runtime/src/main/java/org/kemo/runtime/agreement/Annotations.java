package org.kemo.runtime.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.kemo.api.KemoException;

/**
 * Who gave which label to which item. Where all labels are numbers, 1 and 1.0 are the same, and stand here as 1.
 *
 * @param raters their names, two or more
 * @param items in the order of the file
 */
public record Annotations(List<String> raters, List<Item> items) {
    /**
     * One item.
     *
     * @param name unique
     * @param labels one for each rater, in their order; empty where the rater gave none
     * @param reference what the item really is, where that is known
     */
    public record Item(String name, List<Optional<String>> labels, Optional<String> reference) {
        /** Copies the list. */
        public Item {
            labels = List.copyOf(labels);
        }

        /** The same with labels written alike; a reference in other words keeps them. */
        private Item as(UnaryOperator<String> alike) {
            return new Item(name, labels.stream().map(label -> label.map(alike)).toList(), reference.map(alike));
        }
    }

    /**
     * Copies the lists, and writes equal numbers alike.
     *
     * @throws KemoException category INPUT, where there are fewer than two raters or no item has labels of two
     */
    public Annotations {
        raters = List.copyOf(raters);
        UnaryOperator<String> alike = NumericLabel.alike(given(items));
        items = items.stream().map(item -> item.as(alike)).toList();
        if (raters.size() < 2) {
            throw KemoException.input(
                    "There are labels of [" + raters.size() + "] raters " + raters + ".",
                    "Agreement needs two or more; to compare one with a reference, name that column as a rater, too.");
        }
        if (items.stream()
                .noneMatch(
                        item -> item.labels().stream().flatMap(Optional::stream).count() > 1)) {
            throw KemoException.input(
                    "None of the [" + items.size() + "] items has labels of two raters.",
                    "Give items that two or more of " + raters + " labelled.");
        }
    }

    /** The labels of one item that are there. */
    static List<String> given(Item item) {
        return item.labels().stream().flatMap(Optional::stream).toList();
    }

    /** All labels that are there, item by item. */
    List<String> given() {
        return given(items);
    }

    private static List<String> given(List<Item> items) {
        return items.stream().flatMap(item -> given(item).stream()).toList();
    }

    /** All labels of one rater that are there. */
    List<String> givenBy(int rater) {
        return items.stream().flatMap(item -> item.labels().get(rater).stream()).toList();
    }

    /** Every two raters, the earlier one first. */
    List<int[]> pairs() {
        List<int[]> pairs = new ArrayList<>();
        IntStream.range(0, raters.size())
                .forEach(a -> IntStream.range(a + 1, raters.size()).forEach(b -> pairs.add(new int[] {a, b})));
        return pairs;
    }
}

package org.kemo.api;

import java.util.List;
import java.util.Set;

/**
 * The classes of a classifier, in the order of its outputs.
 *
 * @param labels at least two distinct, non-blank names
 */
public record LabelSpace(List<String> labels) {
    /** Checks that there are at least two labels and that none is blank or repeated. */
    public LabelSpace {
        labels = List.copyOf(labels);
        if (labels.size() < 2) {
            throw KemoException.configuration("The labels " + labels + " are too few.", "Name at least two classes.");
        }
        if (labels.stream().anyMatch(String::isBlank) || Set.copyOf(labels).size() != labels.size()) {
            throw KemoException.configuration(
                    "The labels " + labels + " hold a blank or repeated name.", "Name each class once.");
        }
    }

    /** The label space of these labels. */
    public static LabelSpace of(String... labels) {
        return new LabelSpace(List.of(labels));
    }

    /** The number of classes C. */
    public int size() {
        return labels.size();
    }

    /** Whether there is such a label. */
    public boolean contains(String label) {
        return labels.contains(label);
    }

    /**
     * The position of a label, from 0.
     *
     * @throws KemoException category INPUT, where the label is not one of these
     */
    public int indexOf(String label) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw KemoException.input(
                    "The label [" + label + "] is not one of " + labels + ".",
                    "Correct the label, or align it in the configuration under labels.align.");
        }
        return index;
    }

    /** The label at a position, from 0. */
    public String label(int index) {
        return labels.get(index);
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}

package org.kemo.api;

import java.util.Map;
import java.util.Objects;
import org.kemo.api.network.FloatTensor;

/**
 * The way from the classes that a modality was trained on to the classes of the whole model: each native label goes to
 * one label of the target space, and probabilities are summed. As a matrix A it is [C_native, C], rows that hold a single
 * one, and aligned = native A.
 *
 * @param from the native label space
 * @param to the label space of the model
 * @param map for each native label the target label
 */
public record LabelAlignment(LabelSpace from, LabelSpace to, Map<String, String> map) {
    /** Checks that each native label has a target that exists. */
    public LabelAlignment {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        map = Map.copyOf(map);
        for (String label : from.labels()) {
            String target = map.get(label);
            if (target == null || !to.contains(target)) {
                throw KemoException.configuration(
                        "The label [" + label + "] has no place among " + to + ".",
                        "Add it to labels.align, for example {" + label + ": " + to.label(0) + "}.");
            }
        }
    }

    /** The alignment in which each label that the target space knows stays, and the others go where {@code map} says. */
    public static LabelAlignment of(LabelSpace from, LabelSpace to, Map<String, String> map) {
        Map<String, String> whole = new java.util.HashMap<>();
        for (String label : from.labels()) {
            if (map.containsKey(label)) {
                whole.put(label, map.get(label));
            } else if (to.contains(label)) {
                whole.put(label, label);
            }
        }
        return new LabelAlignment(from, to, whole);
    }

    /**
     * The label of the target space.
     *
     * @throws KemoException category INPUT, where the label is in neither space
     */
    public String align(String label) {
        String target = map.get(label);
        return target != null ? target : to.label(to.indexOf(label));
    }

    /** The matrix A, [C_native, C], of zeros and ones. */
    public FloatTensor matrix() {
        float[] values = new float[from.size() * to.size()];
        for (int i = 0; i < from.size(); i++) {
            values[i * to.size() + to.indexOf(map.get(from.label(i)))] = 1;
        }
        return FloatTensor.of(values, from.size(), to.size());
    }
}

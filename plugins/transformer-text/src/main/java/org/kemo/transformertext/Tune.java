package org.kemo.transformertext;

import org.kemo.api.component.Option;

/**
 * Which layers of a transformer are trained further.
 *
 * @param layers from the last one back; 0 for none
 * @param dropout of what the layers' parts give and of the weights of their attention, in training
 */
public record Tune(
        @Option(
                        value = "Layers that are trained further, from the last one back; 0 for none",
                        defaultValue = "0",
                        min = 0,
                        max = 1000)
                int layers,
        @Option(value = "Dropout in these layers", defaultValue = "0.1", min = 0, max = 0.99) double dropout) {
    /** A model that stays as it is. */
    public static Tune none() {
        return new Tune(0, 0);
    }
}

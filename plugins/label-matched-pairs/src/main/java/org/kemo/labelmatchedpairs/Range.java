package org.kemo.labelmatchedpairs;

import java.util.Random;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/**
 * Numbers to draw from, each as likely as the others.
 *
 * @param from the smallest
 * @param to the largest
 */
record Range(@Option("The smallest") double from, @Option("The largest") double to) {
    /** Checks the order. */
    Range {
        if (!(from <= to)) {
            throw KemoException.configuration(
                    "The range from [" + from + "] to [" + to + "] is empty.", "Give the smaller number first.");
        }
    }

    double draw(Random random) {
        return from + (to - from) * random.nextDouble();
    }
}

package org.kemo.runtime.agreement;

import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Labels that are numbers: ratings. */
final class NumericLabel {
    // Java alone would read 1f, 0x1p3 and NaN, too.
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private static final double LARGEST_WHOLE = 1e15;

    private NumericLabel() {}

    /** The number that a label is; empty where it is none. */
    static OptionalDouble of(String label) {
        if (!DECIMAL.matcher(label).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(label);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Whether all labels are numbers. */
    static boolean areAll(Collection<String> labels) {
        return labels.stream().allMatch(label -> of(label).isPresent());
    }

    /**
     * How labels are shown, and what is said of them, where these were given: a number as {@link #shortest} where all are numbers, and
     * all else as it is.
     */
    static UnaryOperator<String> alike(Collection<String> given) {
        return areAll(given) ? label -> of(label).isPresent() ? shortest(label) : label : UnaryOperator.identity();
    }

    /** A label that is a number as every writing of it is shown: 1, 1.0 and +1 are one rating. */
    static String shortest(String label) {
        double value = of(label).orElseThrow();
        boolean whole = Math.rint(value) == value && Math.abs(value) < LARGEST_WHOLE;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}

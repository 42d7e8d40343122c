package org.kemo.manifest.table;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers in fields: decimal, with or without an exponent, within the range of single precision. */
public final class FiniteNumber {
    // Java alone would read 1f, 0x1p3 and NaN, too.
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private FiniteNumber() {}

    /** The number that a field holds, without white space around it; empty where it holds none, or one too large for a float. */
    public static OptionalDouble of(String field) {
        if (!DECIMAL.matcher(field).matches()) {
            return OptionalDouble.empty();
        }
        float value = Float.parseFloat(field);
        return Float.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}

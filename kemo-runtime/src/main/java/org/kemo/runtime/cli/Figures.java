package org.kemo.runtime.cli;

import java.util.Locale;

/** Figures for a person to read. */
final class Figures {
    private Figures() {}

    /** A number as the pattern writes it; - for what there is none of. */
    static String shown(String pattern, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, pattern, value) : "-";
    }
}

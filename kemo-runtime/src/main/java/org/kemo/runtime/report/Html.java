package org.kemo.runtime.report;

import java.util.Locale;

/** Text and numbers as they stand in a page. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Pixels enough for a text in a drawing, whose letters are 11 high; from Hangul on they are as wide. */
    static int width(String text) {
        return text.codePoints().map(letter -> letter < 0x1100 ? 8 : 11).sum();
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "unknown";
    }

    static String number(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "unknown";
    }
}

package org.kemo.textlines;

/** What comes first on a line. */
enum LineOrder {
    /** {@code text;label}: the last delimiter parts them, so that a text may hold delimiters. */
    TEXT_FIRST,
    /** {@code label;text}: the first delimiter parts them. */
    LABEL_FIRST
}

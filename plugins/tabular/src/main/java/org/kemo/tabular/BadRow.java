package org.kemo.tabular;

import java.io.Serial;

/** Says why a row is left out. */
final class BadRow extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadRow(String message) {
        super(message);
    }
}
